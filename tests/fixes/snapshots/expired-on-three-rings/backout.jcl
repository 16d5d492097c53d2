//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* backout.jcl: undoes apply.jcl, the last part first.
//* What it cannot bring back:
//* - ID(ZWESVUSR) 'Zowe Server' as it was: it had expired, so going
//*   back to it would help nobody
//* What stays behind:
//* - the data set ZCERTLNT.D261121.Z7E7AC2.BACKUP
//* - the data set ZCERTLNT.D261121.Z7E7AC2.CSR
//* - the data set ZCERTLNT.D261121.Z7E7AC2.CERT
//*
//* B1: undo: renew ID(ZWESVUSR) 'Zowe Server' until 2028-11-21 with
//* the same key, signed by CERTAUTH 'Acme Zowe CA'
//* B1S1: ID(ZWESVUSR) 'Zowe Server' and its key rings as before
//B1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(TCPIP) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(TN3270) USAGE(SITE))
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(ZoweTls) USAGE(PERSONAL))
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
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server'))
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server'))
 RACDCERT ID(TCPIP) LISTRING(TN3270)
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweTls)
$$
