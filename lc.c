int main(){double(*f[])(int)={f0,f1,f2,f3,f4,f7,f7b,f8,f8b};for(int i=0;i<9;i++)printf("%d %.1f\n",i,best(f[i]));}
