//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* backout.jcl: undoes apply.jcl, the last part first.
//* What it cannot bring back:
//* - ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT': whether RACF takes the
//*   older certificate over the newer one is not confirmed; read its
//*   status and dates after this job
//* - that ZCERTLNT.D261121.ZA0E174.CSR was made: DELETE of ID(IZUSVR)
//*   'DefaultzOSMFCert.IZUDFLT' asks for FORCE from then on
//* What stays behind:
//* - the data set ZCERTLNT.D261121.ZA0E174.CSR
//* - the data set ZCERTLNT.D261121.ZA0E174.BACKUP
//* - the data set ZCERTLNT.D261121.ZA0E174.CERT
//*
//* B1: undo: ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a
//* new certificate with the same key, and add its answer
//* B1G1: 4 = this data set is not there, 0 = it is
//B1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.BACKUP')
$$
//B1I1     IF (B1G1.RC = 0) THEN
//* B1S1: ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' and its key rings as
//*       before
//B1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) ADD('ZCERTLNT.D261121.ZA0E174.BACKUP') TRUST
 RACDCERT ID(IZUSVR) CONNECT(ID(IZUSVR) +
   LABEL('DefaultzOSMFCert.IZUDFLT') RING(IZUKeyring.IZUDFLT) +
   USAGE(PERSONAL) DEFAULT)
$$
//B1X1     ENDIF
//R1       EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 SETROPTS RACLIST(DIGTCERT) REFRESH
$$
//R2       EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 SETROPTS RACLIST(DIGTRING) REFRESH
$$
//* Read back.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) LIST(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTCHAIN(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTRING(IZUKeyring.IZUDFLT)
$$
