/* SPDX-License-Identifier: MIT */
/*
 * XML: what is written, what is read, and what is refused.
 */
#include "support.h"

#include <string.h>

#define CSA "http://software.incf.org/software/csa/1.0"
#define HEAD "<CSA xmlns=\"" CSA "\" xmlns:c=\"" CONSET_XML_NAMESPACE "\">"
#define TAIL "</CSA>"

/* Reads @text; what it denotes, printed, or the message of its error. */
static char *
xml_evaluate_n (const char *text, gsize length, const ConsetXmlOptions *options)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse_xml (text, length, options, &error);

  ck_assert ((set != NULL) != (error != NULL));
  return set != NULL ? conset_to_string (set) : g_strdup (error->message);
}

static char *
xml_evaluate (const char *text)
{
  return xml_evaluate_n (text, strlen (text), NULL);
}

static char *
xml_write (const Conset *set)
{
  g_autoptr (GError) error = NULL;
  char *document = conset_to_xml (set, CONSET_XML_DEFAULT, NULL, &error);

  ck_assert_msg (document != NULL, "%s", error != NULL ? error->message : "no error");
  return document;
}

/* Round trips */

/* Each reads back as the very same text. @beyond: what Python CSA has no word for */
static const struct
{
  const char *text;
  const char *beyond;
} texts[] = {
  { "full", NULL },
  { "empty", NULL },
  { "oneToOne", NULL },
  { "full - oneToOne", NULL },
  { "~(oneToOne + full)", "the complement of a set" },
  { "cross(N, range(7))", NULL },
  { "cross(~ival(3, 5), ival(1, 2) + ival(7, 9))", NULL },
  { "cross(range(9223372036854775807, 9223372036854775808), range(1, 2))", NULL },
  { "cross(~range(3), N)", NULL },
  { "cross(range(8), N) * oneToOne", NULL },
  { "random(0.1, seed=18446744073709551615)", NULL },
  { "random(1e-300, seed=1)", NULL },
  { "random(0.30000000000000004, seed=1) * random(0.3, seed=2)", NULL },
  { "random(N=3, seed=4) * cross(range(5), range(6))", NULL },
  { "random(fanIn=3, seed=4) * cross(range(5), range(6))", NULL },
  { "random(fanOut=3, seed=4) * cross(range(5), range(6))", NULL },
  { "cset(random(0.1, seed=3), 2, -1.5, 1e-05)", NULL },
  { "cset(oneToOne, 3 * mV)", "mV" },
  { "cset(oneToOne, i - j)", "i" },
  { "full | oneToOne", "the operator <union>" },
  { "full ^ random(0.5, seed=3)", "the operator <symmetricDifference>" },
  { "[(1, 2), (3, 4)]", "a list" },
  { "block(2, 3) * oneToOne", "block(...)" },
  { "transpose * random(0.25, seed=1)", "transpose" },
  { "random(fanIn=3, multapses=False, seed=4) * cross(range(5), range(6))",
    "random(fanIn=..., multapses=...)" },
  { "random(0.1, symmetric=True, seed=4)", "random(symmetric=...)" },
  { "random(seed=4) * where(i < j, 0.5, exp(-i))", "random(...)" },
  { "cset(full, where((i < j) * (j <= 7), i % 3, -i ** 2))", "where(...)" },
};

/* Whether the units in @text, if there are any, are known to this build. */
static gboolean
text_is_readable (const char *text)
{
  g_autoptr (ConsetValue) unit = conset_value_with_unit (conset_value_constant (1), "mV");

  return strstr (text, "mV") == NULL || conset_value_check (unit, NULL);
}

START_TEST (test_round_trip)
{
  g_autoptr (Conset) set = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *document = NULL, *printed = NULL, *again = NULL, *beyond = NULL, *strict = NULL;

  if (!text_is_readable (texts[_i].text))
    return;
  set = test_read (texts[_i].text);
  document = conset_to_xml (set, CONSET_XML_DEFAULT, &beyond, &error);
  ck_assert_ptr_nonnull (document);
  ck_assert_pstr_eq (beyond, texts[_i].beyond);
  printed = conset_to_string (set);
  again = xml_evaluate (document);
  ck_assert_str_eq (again, printed);

  strict = conset_to_xml (set, CONSET_XML_PYTHON, NULL, &error);
  ck_assert ((strict != NULL) == (texts[_i].beyond == NULL));
  ck_assert ((error != NULL) == (strict == NULL));
  if (strict != NULL)
    ck_assert_str_eq (strict, document);
  else
    ck_assert_ptr_nonnull (strstr (error->message, texts[_i].beyond));
}
END_TEST

/* Random trees: the same set, which is seen from its members; and written, the same document. */
START_TEST (test_random_trees)
{
  guint64 seed = test_number ("CONSET_TEST_SEED", 1), n = test_number ("CONSET_TEST_TREES", 400);

  for (guint64 k = seed; k < seed + n; k++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) k);
      ConsetWindow window;
      g_autoptr (OracleExpr) expr =
        k % 3 == 0 ? oracle_rule_tree (rand, &window)
                   : (k % 3 == 1 ? oracle_near_tree : oracle_far_tree) (rand, &window);
      g_autofree char *text = oracle_text (expr);
      g_autoptr (Conset) set = oracle_compose (expr);
      g_autoptr (Conset) again = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *document = conset_to_xml (set, CONSET_XML_DEFAULT, NULL, &error);
      g_autofree char *rewritten = NULL, *members = NULL, *members_again = NULL;

      if (document == NULL && (text == NULL || !conset_check (set, NULL)))
        continue;
      if (document == NULL)
        ck_abort_msg ("seed %" G_GUINT64_FORMAT ": %s", k, error->message);
      again = conset_parse_xml (document, strlen (document), NULL, &error);
      if (again == NULL)
        ck_abort_msg ("seed %" G_GUINT64_FORMAT ": %s\n%s", k, error->message, document);
      rewritten = xml_write (again);
      ck_assert_str_eq (rewritten, document);
      members = conset_digest (set, &window, NULL);
      members_again = conset_digest (again, &window, NULL);
      if (g_strcmp0 (members, members_again) != 0)
        ck_abort_msg ("seed %" G_GUINT64_FORMAT ": other members after\n%s", k, document);
    }
}
END_TEST

/* Long chains and lists, which neither nest deep nor take long. */
START_TEST (test_long)
{
  g_autofree char *sum = test_repeat_text ("[(1, 2)]", " - random(0.5, seed=7)", 1000, "");
  g_autofree char *list = test_repeat_text ("[(0, 0)", ", (3, 4)", 100000, "]");
  const char *long_texts[] = { sum, list };

  for (gsize k = 0; k < G_N_ELEMENTS (long_texts); k++)
    {
      g_autoptr (Conset) set = test_read (long_texts[k]);
      g_autofree char *printed = conset_to_string (set);
      g_autofree char *document = xml_write (set);
      g_autofree char *again = xml_evaluate (document);

      ck_assert_str_eq (again, printed);
    }
}
END_TEST

/* More intervals than are listed: the index set is written as it is in the text language. */
START_TEST (test_many_intervals)
{
  g_autoptr (Conset) set = test_read ("cross(range(0, 1000000, 2), ~range(0, 1000000, 2))");
  g_autofree char *printed = conset_to_string (set);
  g_autofree char *document = xml_write (set);
  g_autofree char *again = xml_evaluate (document);

  ck_assert_str_eq (again, printed);
  ck_assert_uint_lt (strlen (document), 2000);
}
END_TEST

static gboolean
contains_nothing (G_GNUC_UNUSED guint64 source,
                  G_GNUC_UNUSED guint64 target,
                  G_GNUC_UNUSED gpointer user_data)
{
  return FALSE;
}

START_TEST (test_not_written)
{
  g_autoptr (Conset) predicate =
    conset_complement (conset_predicate ("mine", contains_nothing, NULL, NULL, NULL));
  g_autoptr (Conset) wrong = conset_random (1.7, 1);
  g_autoptr (GError) error = NULL;
  char *beyond = (char *) "left as it was";

  ck_assert_ptr_null (conset_to_xml (predicate, CONSET_XML_DEFAULT, &beyond, &error));
  ck_assert_ptr_null (beyond);
  ck_assert_ptr_nonnull (strstr (error->message, "predicate"));
  g_clear_error (&error);
  ck_assert_ptr_null (conset_to_xml (wrong, CONSET_XML_DEFAULT, NULL, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "random(1.7)"));
}
END_TEST

/* Reading */

/* Documents, what they hold between HEAD and TAIL, and their sets. */
static const struct
{
  const char *body;
  const char *text;
} bodies[] = {
  { "<full/>", "full" },
  { "<!-- a --> \n<full><!-- b --></full> <!-- c --> <?php exit ?>", "full" },
  { "<apply><cross/><N/><N/></apply>", "full" },
  { "<apply> <times/> <oneToOne/>\n\t<full/> </apply>", "oneToOne" },
  { "<apply><randomMask/><cn>\n 0.<!-- -->5 \n</cn></apply>",
    "random(0.5, seed=2052068592637856)" },
  { "<apply><randomMask c:seed=' 7 '/><cn>5e-1</cn></apply>", "random(0.5, seed=7)" },
  { "<apply><randomMask c:seed=\"7\"/><cn>&#x30;.5</cn></apply>", "random(0.5, seed=7)" },
  { "<apply><randomMask c:seed=\"7\"/><cn><![CDATA[0.5]]></cn></apply>", "random(0.5, seed=7)" },
  { "<apply><times/><apply><random_N c:seed='1'/><cn>5.0</cn></apply><apply><cross/>"
    "<intervalset><interval><cn>5</cn><cn>9</cn></interval><interval><cn>0</cn><cn>3</cn>"
    "</interval></intervalset><intervalset><interval><cn>+2</cn><cn>2</cn></interval>"
    "</intervalset></apply></apply>",
    "random(N=5, seed=1) * cross(range(4) + range(5, 10), range(2, 3))" },
  { "<apply><cross/><apply><complement/><intervalset/></apply><N/></apply>", "full" },
  { "<apply><cset/><oneToOne/><cn>-1</cn></apply>", "cset(oneToOne, -1)" },
  { "<c:chain><full/><minus/><oneToOne/><c:union/><c:list><c:tuple><cn>1</cn><cn>2</cn></c:tuple>"
    "</c:list></c:chain>",
    "full - oneToOne | [(1, 2)]" },
  { "<c:call><c:name>random</c:name><cn>0.5</cn><c:argument name='seed'><cn>3</cn></c:argument>"
    "</c:call>",
    "random(0.5, seed=3)" },
  { "<c:call><c:lambda><c:parameter>p</c:parameter><c:call name='block'><c:name>p</c:name>"
    "</c:call></c:lambda><cn>4</cn></c:call>",
    NULL },
  { "<apply><times/><c:call><c:lambda><c:parameter>p</c:parameter><c:call name='block'>"
    "<c:name>p</c:name></c:call></c:lambda><cn>4</cn></c:call><oneToOne/></apply>",
    "block(4, 4) * oneToOne" },
  { "<c:if><c:true/><full/><oneToOne/></c:if>", "full" },
  { "<c:item><c:list><oneToOne/><full/></c:list><cn>1</cn></c:item>", "full" },
  { "<c:call name='cset'><full/><c:call name='exp'><c:member name='real'><cn>0</cn></c:member>"
    "</c:call></c:call>",
    NULL },
};

START_TEST (test_bodies)
{
  g_autofree char *document = g_strconcat (HEAD, bodies[_i].body, TAIL, NULL);
  g_autofree char *got = xml_evaluate (document);
  g_autoptr (Conset) expected = NULL;
  g_autofree char *printed = NULL;

  if (bodies[_i].text == NULL)
    return;
  expected = test_read (bodies[_i].text);
  printed = conset_to_string (expected);
  ck_assert_str_eq (got, printed);
}
END_TEST

START_TEST (test_prefixes)
{
  g_autofree char *got = xml_evaluate (
    "\xef\xbb\xbf<?xml version='1.0' encoding='utf-8' standalone='yes'?>\n"
    "<a:CSA xmlns:a='" CSA "' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' "
    "xsi:schemaLocation='x' xml:lang='en'><a:apply><a:plus/><a:full/><full xmlns='" CSA "'/>"
    "</a:apply></a:CSA>\n<!-- end -->\n");

  ck_assert_str_eq (got, "full + full");
}
END_TEST

/* A random set without a seed gets one from the model seed, as in a text. */
START_TEST (test_seed)
{
  const char *document = HEAD "<apply><randomMask/><cn>0.5</cn></apply>" TAIL;
  ConsetXmlOptions options = { .seed = 99 };
  g_autofree char *got = xml_evaluate_n (document, strlen (document), &options);
  g_autoptr (Conset) set = conset_parse ("random(0.5)", 99, NULL);
  g_autofree char *expected = conset_to_string (set);

  ck_assert_str_eq (got, expected);
}
END_TEST

#define CLOSURE                                                                                    \
  HEAD                                                                                             \
    "<bind><closure/><bvar><ci>p</ci></bvar><bvar><ci>k</ci></bvar><apply><minus/><apply>"         \
    "<randomMask c:seed='1'/><ci>p</ci></apply><apply><times/><apply><random_fanIn c:seed='2'/>"   \
    "<ci> k </ci></apply><apply><cross/><intervalset><interval><cn>0</cn><cn>4</cn></interval>"    \
    "</intervalset><intervalset><interval><cn>0</cn><cn>1</cn></interval></intervalset></apply>"   \
    "</apply></apply></bind>" TAIL

START_TEST (test_closure)
{
  const double values[] = { 0.25, 3 };
  ConsetXmlOptions options = { .name = "f.xml", .parameters = values, .n_parameters = 2 };
  g_autofree char *got = xml_evaluate_n (CLOSURE, strlen (CLOSURE), &options);
  g_autofree char *without = xml_evaluate (CLOSURE);
  g_autofree char *too_many =
    xml_evaluate_n (HEAD "<full/>" TAIL, strlen (HEAD "<full/>" TAIL), &options);

  ck_assert_str_eq (got,
                    "random(0.25, seed=1) - random(fanIn=3, seed=2) * cross(range(5), range(2))");
  ck_assert_ptr_nonnull (strstr (without, "2 parameters, and 0 were given"));
  ck_assert_ptr_nonnull (strstr (too_many, "f.xml:1:"));
  ck_assert_ptr_nonnull (strstr (too_many, "0 parameters, and 2 were given"));
}
END_TEST

/* Errors: where, and what the message says. */
static const struct
{
  const char *document;
  const char *place;
  const char *message;
} errors[] = {
  { "", "line 1, column 1", "the document is empty" },
  { " \n ", "line 1, column 1", "the document is empty" },
  { "full", "line 1, column 1", "no XML" },
  { "<CSA xmlns='" CSA "'><full/>", "line 1", "no XML" },
  { HEAD "\n<full>\n</N>" TAIL, "line 3", "no XML" },
  { HEAD "<full/>" TAIL "x", "line 1", "no XML" },
  { HEAD "<full/>" TAIL "<full/>", "line 1", "no XML" },
  { HEAD "<full/><full/>" TAIL, "line 1, column 1", "<CSA> needs 1 expression here, not 2" },
  { HEAD TAIL, "line 1, column 1", "<CSA> needs 1 expression here, not 0" },
  { HEAD "\n  <plus/>" TAIL, "line 2, column 3", "<plus> has no value" },
  { "<CSA><full/></CSA>", "line 1, column 1", "is in no namespace; begin with <CSA xmlns=" },
  { "<CSA xmlns='http://software.incf.org/software/csa/2.0'><full/></CSA>", "line 1, column 1",
    "the namespace 'http://software.incf.org/software/csa/2.0', which is not known" },
  { "<csa xmlns='" CSA "'><full/></csa>", "line 1, column 1", "the document is a 'csa', where" },
  { "<full xmlns='" CSA "'/>", "line 1, column 1", "where <CSA> belongs" },
  { HEAD "<CSA><full/></CSA>" TAIL, "line 1", "<CSA> within <CSA>" },
  { HEAD "\n <c:new xmlns:c='urn:conset:2'/>" TAIL, "line 2, column 2",
    "another version of conset, in 'urn:conset:2'" },
  { HEAD "\n\n<x:full/>" TAIL, "line 3, column 1", "the prefix 'x' stands for no namespace" },
  { HEAD "\n<icset/>" TAIL, "line 2, column 1", "no element 'icset'" },
  { HEAD "\n<c:icset/>" TAIL, "line 2, column 1", "no element 'icset' in the namespace 'urn:" },
  { HEAD "\nhello <full/>" TAIL, "line 2, column 1", "the text 'hello ' stands in <CSA>" },
  { HEAD "\n<full>x</full>" TAIL, "line 2", "the text 'x' stands in <full>" },
  { HEAD "<full><N/></full>" TAIL, "line 1", "<full> holds no elements" },
  { HEAD "<cn><N/></cn>" TAIL, "line 1", "<cn> holds no elements" },
  { HEAD "<full p='1'/>" TAIL, "line 1", "<full> has no attribute 'p'" },
  { HEAD "<full c:seed='1'/>" TAIL, "line 1", "<full> has no attribute 'seed'" },
  { HEAD "<full p='1' p='2'/>" TAIL, "line 1", "no XML" },
  { HEAD "<apply/>" TAIL, "line 1", "<apply> begins with an operator" },
  { HEAD "<apply><full/><full/></apply>" TAIL, "line 1", "<apply> begins with an operator" },
  { HEAD "<apply><plus/><full/></apply>" TAIL, "line 1", "<plus> needs 2 expressions here, not 1" },
  { HEAD "<apply><plus/><full/><full/><full/></apply>" TAIL, "line 1", "<plus> needs 2" },
  { HEAD "<apply><complement/></apply>" TAIL, "line 1", "<complement> needs 1 expression here" },
  { HEAD "<apply><cross/><N/></apply>" TAIL, "line 1", "<cross> needs 2" },
  { HEAD "<apply><randomMask/></apply>" TAIL, "line 1", "<randomMask> needs 1" },
  { HEAD "<apply><randomMask c:seed='x'/><cn>1</cn></apply>" TAIL, "line 1", "'x' is no number" },
  { HEAD "<apply><randomMask c:seed='18446744073709551616'/><cn>1</cn></apply>" TAIL, "line 1",
    "is no number" },
  { HEAD "<apply><randomMask c:seed='-1'/><cn>1</cn></apply>" TAIL, "line 1", "seed" },
  { HEAD "\n<apply>\n <randomMask/>\n <cn>1.7</cn></apply>" TAIL, "line 2, column 1",
    "random(1.7): " },
  { HEAD "<cn>__import__('os').system('true')</cn>" TAIL, "line 1", "is no number" },
  { HEAD "<cn>1 + 1</cn>" TAIL, "line 1", "'1 + 1' is no number" },
  { HEAD "<cn>1 # one</cn>" TAIL, "line 1", NULL },
  { HEAD "<cn></cn>" TAIL, "line 1", "'' is no number" },
  { HEAD "<cn>nan</cn>" TAIL, "line 1", "'nan' is no number" },
  { HEAD "<cn>1e999</cn>" TAIL, "line 1", "'1e999' is no number" },
  { HEAD "<cn>99999999999999999999999</cn>" TAIL, "line 1", "is no number" },
  { HEAD "<cn>--1</cn>" TAIL, "line 1", "is no number" },
  { HEAD "<cn>7</cn>" TAIL, "line 1", "a set is needed, not the integer 7" },
  { HEAD "<intervalset><cn>7</cn></intervalset>" TAIL, "line 1", "<cn> is no <interval>" },
  { HEAD
    "<apply><cross/><intervalset><interval><cn>7</cn></interval></intervalset><N/></apply>" TAIL,
    "line 1", "<interval> needs 2" },
  { HEAD "<apply><cross/><intervalset><interval><cn>7</cn><cn>5</cn></interval></intervalset><N/>"
         "</apply>" TAIL,
    "line 1", "7 to 5" },
  { HEAD "<apply><cross/><intervalset><interval><cn>-7</cn><cn>5</cn></interval></intervalset><N/>"
         "</apply>" TAIL,
    "line 1", "the ends of an interval are indices" },
  { HEAD "<ci>full</ci>" TAIL, "line 1", "the variable 'full' is bound by no <bind>" },
  { HEAD "<bind><bvar><ci>p</ci></bvar><full/></bind>" TAIL, "line 1", "begins with <closure/>" },
  { HEAD "<bind><closure/></bind>" TAIL, "line 1", "<bind> needs an expression" },
  { HEAD "<bind><closure/><bvar><ci>p</ci></bvar><bvar><ci>p</ci></bvar><full/></bind>" TAIL,
    "line 1", "the parameter p is there already" },
  { HEAD "<bind><closure/><bvar><cn>1</cn></bvar><full/></bind>" TAIL, "line 1", "<bvar> holds" },
  { HEAD "<bind><closure/><bvar><ci>p q</ci></bvar><full/></bind>" TAIL, "line 1",
    "'p q' cannot be a name" },
  { HEAD "<c:name>import</c:name>" TAIL, "line 1", "'import' cannot be a name" },
  { HEAD "<c:name>nobody</c:name>" TAIL, "line 1", "the name 'nobody' is unknown" },
  { HEAD "<c:call name='nobody'/>" TAIL, "line 1", "the name 'nobody' is unknown" },
  { HEAD "<c:call name='a (b'/>" TAIL, "line 1", "'a (b' cannot be a name" },
  { HEAD "<c:call/>" TAIL, "line 1", "<call> needs a name" },
  { HEAD
    "<c:call name='block'><c:argument name='M'><cn>1</cn></c:argument><cn>1</cn></c:call>" TAIL,
    "line 1", "an argument without a name follows" },
  { HEAD "<c:call name='block'><c:argument><cn>1</cn></c:argument></c:call>" TAIL, "line 1",
    "<argument> needs a name" },
  { HEAD "<c:list><c:argument name='M'><cn>1</cn></c:argument></c:list>" TAIL, "line 1",
    "<argument> has no value" },
  { HEAD "<c:chain><full/></c:chain>" TAIL, "line 1", "<chain> needs two expressions" },
  { HEAD "<c:chain><full/><plus/><full/><minus/></c:chain>" TAIL, "line 1",
    "an expression is missing behind <minus>" },
  { HEAD "<c:chain><full/><complement/><full/></c:chain>" TAIL, "line 1",
    "<complement> does not join" },
  { HEAD "<c:chain><full/><full/><full/></c:chain>" TAIL, "line 1", "<full> does not join" },
  { HEAD "<c:compare><cn>1</cn><plus/><cn>2</cn></c:compare>" TAIL, "line 1",
    "<plus> does not join" },
  { HEAD "<c:if><c:true/><full/></c:if>" TAIL, "line 1", "<if> needs 3 expressions" },
  { HEAD "<c:lambda><cn>1</cn><cn>1</cn></c:lambda>" TAIL, "line 1", "<cn> is no <parameter>" },
  { HEAD "<c:string>a\\b</c:string>" TAIL, "line 1", "a string has no backslash" },
  { HEAD "<c:string>a\"b'</c:string>" TAIL, "line 1", "a string has no backslash" },
  { HEAD "<c:string>a\"); full</c:string>" TAIL, "line 1", "a set is needed, not the string" },
  { "<!DOCTYPE CSA>" HEAD "<full/>" TAIL, "line 1", "document types" },
  { "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n" HEAD
    "<cn>&x;</cn>" TAIL,
    "line 2, column 1", "document types" },
  { "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/a.dtd'>\n" HEAD "<full/>" TAIL, "line 1",
    "document types" },
  { "<!DOCTYPE a [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;&a;'><!ENTITY % p '&#37;p;'> %p; ]>" HEAD
    "<cn>&b;</cn>" TAIL,
    "line 1", "document types" },
  { HEAD "\n<cn>&x;</cn>" TAIL, "line 2", "no XML" },
  { "<?xml version='1.0' encoding='ISO-8859-1'?>" HEAD "<full/>" TAIL, "line 1, column 31",
    "the encoding 'ISO-8859-1' is not read" },
  { "<?xml version='1.0' encoding='UTF-16'?>" HEAD "<full/>" TAIL, "line 1",
    "the encoding 'UTF-16' is not read" },
  { "<?xml version='1.0' encoding='EBCDIC-US\"?>" HEAD "<full/>" TAIL, "line 1", NULL },
  { HEAD "\n<cn>\x01</cn>" TAIL, "line 2", "no XML" },
  { HEAD "\n<cn>\xff</cn>" TAIL, "line 2, column 5", "the byte 0xff is no part of UTF-8" },
  { HEAD "\n<cn>&#0;</cn>" TAIL, "line 2", "no XML" },
};

START_TEST (test_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set =
    conset_parse_xml (errors[_i].document, strlen (errors[_i].document), NULL, &error);

  ck_assert_ptr_null (set);
  ck_assert (error->domain == CONSET_ERROR);
  ck_assert_msg (g_str_has_prefix (error->message, errors[_i].place), "%s", error->message);
  if (errors[_i].message != NULL)
    ck_assert_msg (strstr (error->message, errors[_i].message) != NULL, "%s is not in: %s",
                   errors[_i].message, error->message);
}
END_TEST

START_TEST (test_bytes)
{
  static const char nothing[] = HEAD "<full/>\0" TAIL;
  static const char wide[] = "\xff\xfe<\0C\0S\0A\0";
  g_autofree char *zero = xml_evaluate_n (nothing, sizeof nothing - 1, NULL);
  g_autofree char *utf16 = xml_evaluate_n (wide, sizeof wide - 1, NULL);
  g_autofree char *null = xml_evaluate_n (NULL, 0, NULL);

  ck_assert_ptr_nonnull (strstr (zero, "the byte 0x00"));
  ck_assert_ptr_nonnull (strstr (utf16, "the byte 0xff"));
  ck_assert_ptr_nonnull (strstr (null, "the document is empty"));
}
END_TEST

/* Every beginning of a document is an error, never a crash. */
START_TEST (test_truncated)
{
  g_autoptr (Conset) set = test_read ("cset(block(2, 3) * random(0.5, seed=1) - [(1, 2), (3, 4)] "
                                      "| cross(~ival(3, 5), N), 3 * mV, where(i < j, 1, exp(i)))");
  g_autofree char *document = xml_write (set);
  gsize length = strlen (document) - strlen ("\n");

  for (gsize n = 0; n < length; n++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Conset) part = conset_parse_xml (document, n, NULL, &error);

      if (part != NULL || error == NULL)
        ck_abort_msg ("the first %" G_GSIZE_FORMAT " bytes are read", n);
    }
}
END_TEST

/* Deep, long and many. */

START_TEST (test_deep)
{
  static const guint depths[] = { 900, 100000 };
  g_autofree char *open =
    test_repeat_text (HEAD, "<apply><complement/>", depths[_i], "<oneToOne/>");
  g_autofree char *close = test_repeat_text ("", "</apply>", depths[_i], TAIL);
  g_autofree char *document = g_strconcat (open, close, NULL);
  g_autofree char *got = xml_evaluate (document);

  if (_i == 0)
    ck_assert_str_eq (got, "oneToOne");
  else
    ck_assert_ptr_nonnull (strstr (got, "elements nest more than 2000 levels deep"));
}
END_TEST

/* What is read nests as deep as what may be written, whatever kind of element it is. */
START_TEST (test_deep_kinds)
{
  static const struct
  {
    const char *open;
    const char *close;
  } kinds[] = {
    { "<c:list>", "</c:list>" },
    { "<c:call>", "</c:call>" },
    { "<c:lambda>", "</c:lambda>" },
    { "<apply><plus/><full/>", "</apply>" },
    { "<apply><c:power/><cn>1</cn>", "</apply>" },
    { "<c:if><c:true/><full/>", "</c:if>" },
    { "<c:if>", "<full/><full/></c:if>" },
    { "<c:call name='cset'><full/><c:argument name='x'>", "</c:argument></c:call>" },
    { "<c:compare><cn>1</cn><c:less/>", "</c:compare>" },
    { "<c:member name='real'>", "</c:member>" },
    { "<bind><closure/>", "</bind>" },
  };
  g_autofree char *open = test_repeat_text (HEAD, kinds[_i].open, 990, "<full/>");
  g_autofree char *close = test_repeat_text ("", kinds[_i].close, 990, TAIL);
  g_autofree char *document = g_strconcat (open, close, NULL);
  g_autofree char *got = xml_evaluate (document);

  ck_assert_uint_gt (strlen (got), 0);
}
END_TEST

START_TEST (test_large)
{
  g_autofree char *list = test_repeat_text (
    HEAD "<c:list>", "<c:tuple><cn>1</cn><cn>2</cn></c:tuple>", 100000, "</c:list>" TAIL);
  g_autofree char *intervals = test_repeat_text (HEAD "<apply><cross/><N/><intervalset>",
                                                 "<interval><cn>1</cn><cn>2</cn></interval>",
                                                 100000, "</intervalset></apply>" TAIL);
  g_autofree char *variables = test_repeat_text (HEAD "<bind><closure/>", "<bvar><ci>p</ci></bvar>",
                                                 100000, "<full/></bind>" TAIL);
  g_autofree char *digits = test_repeat_text (HEAD "<cn>", "1", 20000000, "</cn>" TAIL);
  g_autofree char *blanks = test_repeat_text (HEAD, " ", 20000000, "<full/>" TAIL);
  g_autofree char *got_intervals = xml_evaluate (intervals);
  g_autofree char *got_variables = xml_evaluate (variables);
  g_autofree char *got_digits = xml_evaluate (digits);
  g_autofree char *got_blanks = xml_evaluate (blanks);
  g_autoptr (Conset) set = conset_parse_xml (list, strlen (list), NULL, NULL);

  ck_assert_uint_eq (conset_multiplicity (set, 1, 2), 100000);
  ck_assert_str_eq (got_intervals, "cross(N, range(1, 3))");
  ck_assert_ptr_nonnull (strstr (got_variables, "more than 1000 parameters"));
  ck_assert_ptr_nonnull (strstr (got_digits, "is no number"));
  ck_assert_str_eq (got_blanks, "full");
}
END_TEST

static Suite *
suite_new (void)
{
  Suite *suite = suite_create ("xml");
  TCase *written = test_case_add (suite, "writing");
  TCase *reading = test_case_add (suite, "reading");
  TCase *refused = test_case_add (suite, "refused");
  Conset *read = conset_parse_xml (HEAD "<full/>" TAIL, strlen (HEAD "<full/>" TAIL), NULL, NULL);

  tcase_add_test (written, test_not_written);
  if (read == NULL)
    return suite;
  conset_unref (read);

  tcase_add_loop_test (written, test_round_trip, 0, G_N_ELEMENTS (texts));
  tcase_add_test (written, test_random_trees);
  tcase_add_test (written, test_long);
  tcase_add_test (written, test_many_intervals);
  tcase_add_loop_test (reading, test_bodies, 0, G_N_ELEMENTS (bodies));
  tcase_add_test (reading, test_prefixes);
  tcase_add_test (reading, test_seed);
  tcase_add_test (reading, test_closure);
  tcase_add_loop_test (refused, test_errors, 0, G_N_ELEMENTS (errors));
  tcase_add_test (refused, test_bytes);
  tcase_add_test (refused, test_truncated);
  tcase_add_loop_test (refused, test_deep, 0, 2);
  tcase_add_loop_test (refused, test_deep_kinds, 0, 11);
  tcase_add_test (refused, test_large);
  return suite;
}

int
main (void)
{
  return test_run (suite_new ());
}
