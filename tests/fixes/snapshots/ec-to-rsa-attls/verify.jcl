//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* verify.jcl: reads only. Run it before and after.
//* Put its output (SYSTSPRT), with zowe.yaml and the files that are no
//* listings of RACF, into a new folder, and zcertlint check that
//* folder: older listings beside it would contradict it.
//* Must be seen: LISTCHAIN of 'Zowe Server RSA' must show a complete
//* chain, Private Key YES and status TRUST.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LISTRING(*)
 RACDCERT ID(IZUSVR) LISTRING(*)
 RACDCERT ID(ZWESVUSR) LIST
 RACDCERT ID(IZUSVR) LIST
 RACDCERT CERTAUTH LIST
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
$$
