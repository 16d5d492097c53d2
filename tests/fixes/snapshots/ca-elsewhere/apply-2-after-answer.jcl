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
//*
//*  1. ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a new
//*     certificate with the same key, and add its answer (review)
//*
//* ------------------------------------------------------------
//* P1: ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a new
//*     certificate with the same key, and add its answer
//* ------------------------------------------------------------
//* P1G1: 0 = this data set is there already, 4 = it is not
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.SIGNED')
$$
//* P1G2: 0 = this data set is there already, 4 = it is not
//P1G2     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.BACKUP')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 0 & P1G2.RC = 4) THEN
//* P1S1: back up the certificate, add the answer of the CA over it
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) EXPORT(LABEL('DefaultzOSMFCert.IZUDFLT')) +
   DSN('ZCERTLNT.D261121.ZA0E174.BACKUP') FORMAT(CERTB64)
 RACDCERT ID(IZUSVR) ADD('ZCERTLNT.D261121.ZA0E174.SIGNED') TRUST
 RACDCERT ID(IZUSVR) LIST(LABEL('DefaultzOSMFCert.IZUDFLT'))
$$
//P1I2     IF (P1S1.RC = 0) THEN
//* P1S2: its key rings as before (changes nothing where RACF has kept
//*       them)
//P1S2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) CONNECT(ID(IZUSVR) +
   LABEL('DefaultzOSMFCert.IZUDFLT') RING(IZUKeyring.IZUDFLT) +
   USAGE(PERSONAL) DEFAULT)
$$
//P1X2     ENDIF
//P1X1     ENDIF
//* Refresh, when a part has been carried out. One class in each step:
//* 4 (the class is not RACLISTed) is no failure.
//RIF      IF (P1S2.RC = 0) THEN
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
