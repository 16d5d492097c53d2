//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* backout.jcl: undoes apply.jcl, the last part first.
//* What it cannot bring back:
//* - ID(ZWESVUSR) 'Zowe Server RSA' stays in the database, on no key
//*   ring: deleting it would destroy a key
//* - ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' as it was: it had expired,
//*   so going back to it would help nobody
//* What stays behind:
//* - the data set ZCERTLNT.D261121.ZD71899.CSR
//* - the data set ZCERTLNT.D261121.ZD71899.CERT
//* - the data set ZCERTLNT.D261121.ZD71899.UNDONE
//* - the data set ZCERTLNT.D261121.ZDE0B90.BACKUP
//* - the data set ZCERTLNT.D261121.ZDE0B90.CSR
//* - the data set ZCERTLNT.D261121.ZDE0B90.CERT
//* Take the patch of the zowe.yaml back too (patch -R -p0), before you
//* restart.
//*
//* B3: undo: CONNECT CERTAUTH 'zOSMFCA' to ZWESVUSR/ZoweKeyring
//* B3S1: put ZWESVUSR/ZoweKeyring back as it was
//B3S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) REMOVE(CERTAUTH LABEL('zOSMFCA') +
   RING(ZoweKeyring))
$$
//* B2: undo: issue ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' again with
//* the same key and the names IP 10.1.1.2, until 2028-11-21
//* B2S1: ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' and its key rings as
//*       before
//B2S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) CONNECT(ID(IZUSVR) +
   LABEL('DefaultzOSMFCert.IZUDFLT') RING(IZUKeyring.IZUDFLT) +
   USAGE(PERSONAL) DEFAULT)
$$
//* B1: undo: a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//* beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//* B1S1: a copy of the old certificate: where this data set is, no job
//*       takes it off any more
//B1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) EXPORT(LABEL('Zowe Server')) +
   DSN('ZCERTLNT.D261121.ZD71899.UNDONE') FORMAT(CERTB64)
$$
//* B1S2: the old certificate where it was
//B1S2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)
 RACDCERT ID(ZWESVUSR) REMOVE(ID(ZWESVUSR) LABEL('Zowe Server RSA') +
   RING(ZoweKeyring))
$$
//R1       EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 SETROPTS RACLIST(DIGTRING) REFRESH
$$
//* Read back.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
 RACDCERT ID(IZUSVR) LIST(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTCHAIN(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTRING(IZUKeyring.IZUDFLT)
 RACDCERT CERTAUTH LIST(LABEL('zOSMFCA'))
$$
