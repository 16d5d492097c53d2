//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* verify.jcl: reads only. Run it before and after; give its output
//* (SYSTSPRT) to zcertlint check.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT CERTAUTH LIST(LABEL('zOSMFCA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
$$
