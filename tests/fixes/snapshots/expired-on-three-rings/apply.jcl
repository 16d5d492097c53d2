//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply.jcl, made by zcertlint fix for 2026-11-21. Read PLAN.md
//* first.
//* It needs: a user with SPECIAL, or the FACILITY profiles that
//* PLAN.md names.
//* It needs: authority to create data sets ZCERTLNT.**
//* Submitted again, a part that is done is left out: a guard finds
//* what it has made.
//* What was left out: IEF272I (STEP WAS NOT EXECUTED) in the messages
//* of the job.
//* Each part stops at the first command that does not end with 0, and
//* so do the parts that need it. Then read SYSTSPRT, and do what the
//* part, and PLAN.md, say about that.
//*
//*  1. renew ID(ZWESVUSR) 'Zowe Server' until 2028-11-21 with the same
//*     key, signed by CERTAUTH 'Acme Zowe CA' (review)
//*
//* ------------------------------------------------------------
//* P1: renew ID(ZWESVUSR) 'Zowe Server' until 2028-11-21 with the same
//*     key, signed by CERTAUTH 'Acme Zowe CA'
//*     Stopped half-way? Correct the cause, and submit it again:
//*     ZCERTLNT.D261121.Z7E7AC2.BACKUP is kept,
//*     ZCERTLNT.D261121.Z7E7AC2.CSR is used, and the rest is done.
//*     Only where EXPORT or GENREQ itself has failed, delete what that
//*     has left first: ZCERTLNT.D261121.Z7E7AC2.CSR;
//*     ZCERTLNT.D261121.Z7E7AC2.BACKUP only while LIST of ID(ZWESVUSR)
//*     'Zowe Server' still shows the old end, 2026-10-31.
//*     ZCERTLNT.D261121.Z7E7AC2.CERT shows that all is done: to make
//*     the change again after the way back, delete it.
//* ------------------------------------------------------------
//* P1G1: 4 = this data set is not there, 0 = it is: all of this was
//*       done, and nothing is done again
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.Z7E7AC2.CERT')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 4) THEN
//* P1G2: 4 = this data set is not there, 0 = it is: a run that has
//*       stopped after EXPORT has made it, and it is kept
//P1G2     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.Z7E7AC2.BACKUP')
$$
//P1J1     IF (P1G2.RC = 4) THEN
//* P1S1: back up the certificate
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) EXPORT(LABEL('Zowe Server')) +
   DSN('ZCERTLNT.D261121.Z7E7AC2.BACKUP') FORMAT(CERTB64)
$$
//P1K1     ENDIF
//P1I2     IF (P1S1.RC = 0 | P1G2.RC = 0) THEN
//* P1G3: 4 = this data set is not there, 0 = it is: a run that has
//*       stopped after GENREQ has made it, and it is used
//P1G3     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.Z7E7AC2.CSR')
$$
//P1J2     IF (P1G3.RC = 4) THEN
//* P1S2: make a request from it
//P1S2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe Server')) +
   DSN('ZCERTLNT.D261121.Z7E7AC2.CSR')
$$
//P1K2     ENDIF
//P1I3     IF (P1S2.RC = 0 | P1G3.RC = 0) THEN
//* P1S3: sign it
//P1S3     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) GENCERT('ZCERTLNT.D261121.Z7E7AC2.CSR') +
   SIGNWITH(CERTAUTH LABEL('Acme Zowe CA')) NOTAFTER(DATE(2028-11-21))
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server'))
$$
//P1I4     IF (P1S3.RC = 0) THEN
//* P1S4: its key rings as before (changes nothing where RACF has kept
//*       them)
//P1S4     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(TCPIP) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(TN3270) USAGE(SITE))
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(ZoweTls) USAGE(PERSONAL))
$$
//P1I5     IF (P1S4.RC = 0) THEN
//* P1S5: a copy of the new one: where this data set is, all of this
//*       was done
//P1S5     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) EXPORT(LABEL('Zowe Server')) +
   DSN('ZCERTLNT.D261121.Z7E7AC2.CERT') FORMAT(CERTB64)
$$
//P1X5     ENDIF
//P1X4     ENDIF
//P1X3     ENDIF
//P1X2     ENDIF
//P1X1     ENDIF
//* Refresh, when a part has been carried out. One class in each step:
//* 4 (the class is not RACLISTed) is no failure; after another one
//* refresh that class by hand.
//RIF      IF (P1S4.RC = 0) THEN
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
//RIFX     ENDIF
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
