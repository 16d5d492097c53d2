//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* verify.jcl: reads only. Run it before and after; give its output
//* (SYSTSPRT) to zcertlint check.
//* Must be seen: LISTCHAIN of 'Zowe Server RSA' must show a complete
//* chain, Private Key YES and status TRUST.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
$$
