//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply-2-after-answer.jcl, made by zcertlint fix for 2026-11-21.
//* Read PLAN.md first.
//* Not on the day of apply.jcl: when the CA has answered, and its
//* answer is in the data set that the job names.
//* It needs: a user with SPECIAL, or the FACILITY profiles that
//* PLAN.md names.
//* A part of it does nothing unless what must be there by then is
//* there: see the guards.
//* Submitted again, a part that is done is left out: a guard finds
//* what it has made.
//* What was left out: IEF272I (STEP WAS NOT EXECUTED) in the messages
//* of the job.
//* Each part stops at the first command that does not end with 0, and
//* so do the parts that need it. Then read SYSTSPRT, and do what the
//* part, and PLAN.md, say about that.
//*
//*  1. ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a new
//*     certificate with the same key, and add its answer (review)
//*
//* ------------------------------------------------------------
//* P1: ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a new
//*     certificate with the same key, and add its answer
//*     Stopped half-way? Where ADD has failed, upload the answer
//*     again. Correct the cause, and submit it again:
//*     ZCERTLNT.D261121.ZA0E174.BACKUP is kept, and the rest is done.
//*     Only where EXPORT itself has failed, delete what that has left
//*     first: ZCERTLNT.D261121.ZA0E174.BACKUP only while LIST of
//*     ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' still shows the old end,
//*     2026-12-10. ZCERTLNT.D261121.ZA0E174.CERT shows that all is
//*     done: to make the change again after the way back, delete it.
//* ------------------------------------------------------------
//* P1G1: 4 = this data set is not there, 0 = it is: the answer of the
//*       CA
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.SIGNED')
$$
//* P1G2: 4 = this data set is not there, 0 = it is: all of this was
//*       done, and nothing is done again
//P1G2     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.CERT')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 0 & P1G2.RC = 4) THEN
//* P1G3: 4 = this data set is not there, 0 = it is: a run that has
//*       stopped after EXPORT has made it, and it is kept
//P1G3     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.BACKUP')
$$
//P1J1     IF (P1G3.RC = 4) THEN
//* P1S1: back up the certificate
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) EXPORT(LABEL('DefaultzOSMFCert.IZUDFLT')) +
   DSN('ZCERTLNT.D261121.ZA0E174.BACKUP') FORMAT(CERTB64)
$$
//P1K1     ENDIF
//P1I2     IF (P1S1.RC = 0 | P1G3.RC = 0) THEN
//* P1S2: add the answer of the CA over it
//P1S2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) ADD('ZCERTLNT.D261121.ZA0E174.SIGNED') TRUST
 RACDCERT ID(IZUSVR) LIST(LABEL('DefaultzOSMFCert.IZUDFLT'))
$$
//P1I3     IF (P1S2.RC = 0) THEN
//* P1S3: its key rings as before (changes nothing where RACF has kept
//*       them)
//P1S3     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) CONNECT(ID(IZUSVR) +
   LABEL('DefaultzOSMFCert.IZUDFLT') RING(IZUKeyring.IZUDFLT) +
   USAGE(PERSONAL) DEFAULT)
$$
//P1I4     IF (P1S3.RC = 0) THEN
//* P1S4: a copy of the new one: where this data set is, all of this
//*       was done
//P1S4     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) EXPORT(LABEL('DefaultzOSMFCert.IZUDFLT')) +
   DSN('ZCERTLNT.D261121.ZA0E174.CERT') FORMAT(CERTB64)
$$
//P1X4     ENDIF
//P1X3     ENDIF
//P1X2     ENDIF
//P1X1     ENDIF
//* Refresh, when a part has been carried out. One class in each step:
//* 4 (the class is not RACLISTed) is no failure; after another one
//* refresh that class by hand.
//RIF      IF (P1S3.RC = 0) THEN
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
 RACDCERT ID(IZUSVR) LIST(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTCHAIN(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTRING(IZUKeyring.IZUDFLT)
$$
