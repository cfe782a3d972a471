/* SPDX-License-Identifier: MIT */
/*
 * Cuts a text into tokens, one at a time.
 *
 * Names are those of Python, letters of any script included. Numbers are decimal or
 * hexadecimal integers below 2^64, and reals such as 0.5, .5, 5. and 1e5; `_` may stand
 * between digits. Strings stand in single or double quotes, on one line, and know no escapes.
 * Comments run from `#` to the end of the line. A line goes on on the next
 * one inside brackets and after a backslash.
 */
#include "lexer.h"

#include <math.h>
#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

void
conset_lexer_init (ConsetLexer *lexer, const ConsetSource *source)
{
  *lexer = (ConsetLexer){ .source = source };
  if (g_str_has_prefix (source->text, BYTE_ORDER_MARK))
    lexer->offset = strlen (BYTE_ORDER_MARK);
}

/* The bytes of what separates tokens at @p: a blank, a comment, a line end that counts for
 * nothing; 0 if there is none. */
static gsize
blank_length (const char *p, gboolean in_brackets)
{
  switch (*p)
    {
    case ' ':
    case '\t':
    case '\r':
    case '\f':
      return 1;
    case '\n':
      return in_brackets ? 1 : 0;
    case '#':
      return strcspn (p, "\n");
    case '\\':
      return g_str_has_prefix (p, "\\\n") ? 2 : g_str_has_prefix (p, "\\\r\n") ? 3 : 0;
    default:
      return 0;
    }
}

static gsize
name_length (const char *p)
{
  const char *end = p;
  gunichar character = g_utf8_get_char (end);

  while (character == '_' || g_unichar_isalpha (character)
         || (end > p && (g_unichar_isalnum (character) || g_unichar_ismark (character))))
    {
      end = g_utf8_next_char (end);
      character = g_utf8_get_char (end);
    }
  return (gsize) (end - p);
}

/* The bytes of a run of digits in which `_` may stand between two of them. */
static gsize
digits_length (const char *p, gboolean hexadecimal)
{
  gsize n = 0;

  while (hexadecimal ? g_ascii_isxdigit (p[n]) : g_ascii_isdigit (p[n]))
    {
      n++;
      if (p[n] == '_' && (hexadecimal ? g_ascii_isxdigit (p[n + 1]) : g_ascii_isdigit (p[n + 1])))
        n++;
    }
  return n;
}

/* The bytes of the exponent at @p, 0 if there is none. */
static gsize
exponent_length (const char *p)
{
  gsize sign = p[0] != '\0' && (p[1] == '+' || p[1] == '-') ? 2 : 1;
  gsize digits = p[0] == 'e' || p[0] == 'E' ? digits_length (p + sign, FALSE) : 0;

  return digits > 0 ? sign + digits : 0;
}

/* The bytes of the number at @p, and whether it has a point or an exponent. */
static gsize
number_length (const char *p, gboolean *is_real)
{
  gsize n = digits_length (p, FALSE);
  gsize exponent;

  *is_real = FALSE;
  if (n == 1 && p[0] == '0' && (p[1] == 'x' || p[1] == 'X'))
    return 2 + digits_length (p + 2, TRUE);

  if (p[n] == '.')
    {
      *is_real = TRUE;
      n += 1 + digits_length (p + n + 1, FALSE);
    }
  exponent = exponent_length (p + n);
  *is_real |= exponent > 0;
  return n + exponent;
}

static void
lexer_fail (const ConsetLexer *lexer,
            ConsetToken *token,
            GError **error,
            const char *what,
            const char *remedy)
{
  g_autofree char *quoted = conset_quote (lexer->source->text + token->position, token->length);

  token->kind = CONSET_TOKEN_ERROR;
  conset_source_set_error (lexer->source, token->position, CONSET_ERROR_SYNTAX, error, "%s %s; %s",
                           quoted, what, remedy);
}

/* Python refuses 010, which older versions of it took for octal. */
static gboolean
has_leading_zero (const char *digits)
{
  return digits[0] == '0' && digits[strspn (digits, "0")] != '\0';
}

static void
lexer_read_integer (const ConsetLexer *lexer,
                    const char *digits,
                    ConsetToken *token,
                    GError **error)
{
  gboolean hexadecimal = digits[0] == '0' && (digits[1] == 'x' || digits[1] == 'X');

  token->kind = CONSET_TOKEN_INTEGER;
  if (!hexadecimal && has_leading_zero (digits))
    lexer_fail (lexer, token, error, "begins with a zero", "write decimal numbers without it");
  else if (hexadecimal && digits[2] == '\0')
    lexer_fail (lexer, token, error, "is no number", "give hexadecimal digits after the 0x");
  else if (!g_ascii_string_to_unsigned (hexadecimal ? digits + 2 : digits, hexadecimal ? 16 : 10, 0,
                                        G_MAXUINT64, &token->integer, NULL))
    lexer_fail (lexer, token, error, "is too large", "integers are below 2^64");
}

static void
lexer_read_real (const ConsetLexer *lexer, const char *digits, ConsetToken *token, GError **error)
{
  token->kind = CONSET_TOKEN_REAL;
  token->real = g_ascii_strtod (digits, NULL);
  if (!isfinite (token->real))
    lexer_fail (lexer, token, error, "is too large", "reals are below 1.8e308");
}

/* Returns: (transfer full): a number without the `_` between its digits */
static char *
digits_copy (const char *p, gsize length)
{
  char *digits = g_malloc (length + 1);
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    if (p[i] != '_')
      digits[n++] = p[i];
  digits[n] = '\0';
  return digits;
}

static void
lexer_read_number (ConsetLexer *lexer, ConsetToken *token, GError **error)
{
  const char *p = lexer->source->text + token->position;
  g_autofree char *digits = NULL;
  gboolean is_real;
  gsize trailing;

  token->length = number_length (p, &is_real);
  trailing = name_length (p + token->length);
  if (trailing > 0)
    {
      token->length += trailing;
      lexer_fail (lexer, token, error, "is no number", "separate numbers from names");
      return;
    }

  digits = digits_copy (p, token->length);
  if (is_real)
    lexer_read_real (lexer, digits, token, error);
  else
    lexer_read_integer (lexer, digits, token, error);
}

/* What to do about a character of which the language knows no use. */
static const char *
stray_remedy (const char *p)
{
  switch (*p)
    {
    case '&':
      return "the intersection is written '*'; for conditions there is 'and'";
    case '!':
      return "write 'not', or '!=' between two numbers or value sets";
    case '\\':
      return "a backslash goes at the very end of a line that continues";
    default:
      return "remove it";
    }
}

static void
lexer_fail_at_stray (const ConsetLexer *lexer, ConsetToken *token, GError **error)
{
  const char *p = lexer->source->text + token->position;
  gunichar character = g_utf8_get_char (p);
  g_autofree char *quoted = NULL;

  if (g_unichar_isgraph (character))
    quoted = g_strdup_printf ("'%.*s' (U+%04X)", (int) token->length, p, character);
  else
    quoted = g_strdup_printf ("U+%04X", character);
  token->kind = CONSET_TOKEN_ERROR;
  conset_source_set_error (lexer->source, token->position, CONSET_ERROR_SYNTAX, error,
                           "the character %s has no meaning here; %s", quoted, stray_remedy (p));
}

static void
lexer_read_string (ConsetLexer *lexer, ConsetToken *token, GError **error)
{
  const char *p = lexer->source->text + token->position;
  const char ends[] = { *p, '\n', '\\', '\0' };
  gsize length = strcspn (p + 1, ends);

  token->kind = CONSET_TOKEN_STRING;
  token->length = length + 2;
  if (p[1 + length] == *p)
    return;
  token->length = length + 1;
  if (p[1 + length] == '\\')
    lexer_fail (lexer, token, error, "is followed by a backslash", "strings have none");
  else
    lexer_fail (lexer, token, error, "is a string without an end", "close it on the same line");
}

/* The kind of the sign of two characters at @p; 0 if there is none. */
static int
double_sign_kind (const char *p)
{
  static const struct
  {
    const char *text;
    int kind;
  } signs[] = {
    { "**", CONSET_TOKEN_POWER },         { "<=", CONSET_TOKEN_LESS_EQUAL },
    { ">=", CONSET_TOKEN_GREATER_EQUAL }, { "==", CONSET_TOKEN_EQUAL },
    { "!=", CONSET_TOKEN_NOT_EQUAL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (signs); i++)
    if (g_str_has_prefix (p, signs[i].text))
      return signs[i].kind;
  return 0;
}

static void
lexer_read_sign (ConsetLexer *lexer, ConsetToken *token, GError **error)
{
  const char *p = lexer->source->text + token->position;
  int kind = double_sign_kind (p);

  token->kind = kind != 0 ? kind : *p;
  token->length = kind != 0 ? 2 : (gsize) (g_utf8_next_char (p) - p);
  if (kind == 0 && strchr ("+-*/%|^~<>,=;:.@\n()[]", *p) == NULL)
    lexer_fail_at_stray (lexer, token, error);
  else if (*p == '(' || *p == '[')
    lexer->n_open++;
  else if ((*p == ')' || *p == ']') && lexer->n_open > 0)
    lexer->n_open--;
}

void
conset_lexer_next (ConsetLexer *lexer, ConsetToken *token, GError **error)
{
  const char *p = lexer->source->text + lexer->offset;
  gsize blank;

  while ((blank = blank_length (p, lexer->n_open > 0)) > 0)
    p += blank;

  *token = (ConsetToken){ .position = (gsize) (p - lexer->source->text) };
  if (*p == '\0')
    token->kind = CONSET_TOKEN_END;
  else if (g_ascii_isdigit (*p) || (*p == '.' && g_ascii_isdigit (p[1])))
    lexer_read_number (lexer, token, error);
  else if ((token->length = name_length (p)) > 0)
    token->kind = CONSET_TOKEN_NAME;
  else if (*p == '"' || *p == '\'')
    lexer_read_string (lexer, token, error);
  else
    lexer_read_sign (lexer, token, error);
  lexer->offset = token->position + token->length;
}
