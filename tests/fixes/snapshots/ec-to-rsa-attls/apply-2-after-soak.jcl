//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply-2-after-soak.jcl, made by zcertlint fix for 2026-11-21. Read
//* PLAN.md first.
//* Not on the day of apply.jcl: when all has been well for some days,
//* with every restart done.
//* After it, when all of it has ended well:
//* ttls.policy-2-after-soak.patch (PLAN.md).
//* It needs: a user with SPECIAL, or the FACILITY profiles that
//* PLAN.md names.
//* A part of it does nothing unless what must be there by then is
//* there: see the guards.
//* Submitted again, it brings the same about once more.
//* REMOVE does not end with 0 where it ran before, and the part stops
//* there: take that command out.
//* What was left out: IEF272I (STEP WAS NOT EXECUTED) in the messages
//* of the job.
//* Each part stops at the first command that does not end with 0, and
//* so do the parts that need it. Then read SYSTSPRT, and do what the
//* part, and PLAN.md, say about that.
//*
//*  1. a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//*     (review)
//*
//* ------------------------------------------------------------
//* P1: a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//*     Stopped half-way? REMOVE fails where it ran before: take those
//*     out that have ended with 0, and submit it again.
//* ------------------------------------------------------------
//* P1G1: 4 = ID(ZWESVUSR) 'Zowe Server RSA' is not there, 0 = it is
//P1G1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
$$
//* P1G2: 4 = this data set is not there, 0 = it is: the new one was
//*       connected
//P1G2     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CERT')
$$
//* P1G3: 4 = this data set is not there, 0 = it is: the way back was
//*       taken, and nothing is taken off
//P1G3     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.UNDONE')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 0 & P1G2.RC = 0 & P1G3.RC = 4) THEN
//* P1S1: take the old certificate off
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) REMOVE(ID(ZWESVUSR) LABEL('Zowe Server') +
   RING(ZoweKeyring))
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
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
$$
