//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply.jcl, made by zcertlint fix for 2026-11-21. Read PLAN.md
//* first.
//* It needs: a user with SPECIAL, or the FACILITY profiles that
//* PLAN.md names.
//* Submitted again, it brings the same about once more.
//* What was left out: IEF272I (STEP WAS NOT EXECUTED) in the messages
//* of the job.
//* Each part stops at the first command that does not end with 0, and
//* so do the parts that need it. Then read SYSTSPRT, and do what the
//* part, and PLAN.md, say about that.
//*
//*  1. CONNECT CERTAUTH 'zOSMFCA' to ZWESVUSR/ZoweKeyring (ready)
//*
//* ------------------------------------------------------------
//* P1: CONNECT CERTAUTH 'zOSMFCA' to ZWESVUSR/ZoweKeyring
//* ------------------------------------------------------------
//P1I1     IF (RC <= 4) THEN
//* P1S1: connect
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) CONNECT(CERTAUTH LABEL('zOSMFCA') +
   RING(ZoweKeyring) USAGE(CERTAUTH))
$$
//P1X1     ENDIF
//* Refresh, when a part has been carried out. One class in each step:
//* 4 (the class is not RACLISTed) is no failure; after another one
//* refresh that class by hand.
//RIF      IF (P1S1.RC = 0) THEN
//R1       EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 SETROPTS RACLIST(DIGTRING) REFRESH
$$
//RIFX     ENDIF
//* Read back.
//V1       EXEC PGM=IKJEFT01,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT CERTAUTH LIST(LABEL('zOSMFCA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
$$
