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
//*  1. ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a new
//*     certificate with the same key, and add its answer (review)
//*
//* ------------------------------------------------------------
//* P1: ask the CA of ID(IZUSVR) 'DefaultzOSMFCert.IZUDFLT' for a new
//*     certificate with the same key, and add its answer
//*     Stopped half-way? Delete ZCERTLNT.D261121.ZA0E174.CSR if GENREQ
//*     has left one, and submit it again.
//* ------------------------------------------------------------
//* P1G1: 4 = this data set is not there, 0 = it is: the request was
//*       made, and is not made again
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZA0E174.CSR')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 4) THEN
//* P1S1: make the request
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) GENREQ(LABEL('DefaultzOSMFCert.IZUDFLT')) +
   DSN('ZCERTLNT.D261121.ZA0E174.CSR')
$$
//P1X1     ENDIF
//* Nothing to refresh.
//* Read back.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(IZUSVR) LIST(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTCHAIN(LABEL('DefaultzOSMFCert.IZUDFLT'))
 RACDCERT ID(IZUSVR) LISTRING(IZUKeyring.IZUDFLT)
$$
