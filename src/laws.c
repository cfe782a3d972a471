#include "laws.h"
#include <math.h>
static double lf(double x){ return lgamma(x+1);}
static guint64 invert(const ConsetWell*w,double lo,double hi,double mode,double p,double (*up)(double,const double*),const double*a)
{ double u=(double)(conset_draw_64(&w->key,w->a,w->b)>>11)*0x1p-53; double x=mode,y=mode,px=p,py=p; u-=p; if(u<0) return (guint64)mode;
 for(;;){ if(x<hi){px*=up(x,a);x+=1;u-=px;if(u<0)return (guint64)x;} if(y>lo){py/=up(y-1,a);y-=1;u-=py;if(u<0)return (guint64)y;} if(x>=hi&&y<=lo)return (guint64)mode; } }
static double ub(double k,const double*a){return (a[0]-k)/(k+1)*a[1];}
static double uh(double k,const double*a){return (a[0]-k)/(k+1)*(a[1]-k)/(a[2]-a[1]-a[0]+k+1);}
guint64 conset_draw_binomial (const ConsetWell *well, guint64 n, guint64 left, guint64 total)
{ if(left==0||n==0)return 0; if(left==total)return n; double p=(double)left/total,N=n,m=floor((N+1)*p); if(m>N)m=N; double a[2]={N,p/(1-p)};
 return invert(well,0,N,m,exp(lf(N)-lf(m)-lf(N-m)+m*log(p)+(N-m)*log1p(-p)),ub,a);}
guint64 conset_draw_hypergeometric (const ConsetWell *well, guint64 d, guint64 l, guint64 t)
{ if(d==0||l==0)return 0; if(l==t)return d; if (d==t) return l; double D=d,L=l,T=t,lo=fmax(0,D+L-T),hi=fmin(D,L),m=floor((D+1)*(L+1)/(T+2)); if(m<lo)m=lo;if(m>hi)m=hi; double a[3]={D,L,T};
 return invert(well,lo,hi,m,exp(lf(L)-lf(m)-lf(L-m)+lf(T-L)-lf(D-m)-lf(T-L-D+m)-lf(T)+lf(D)+lf(T-D)),uh,a);}
