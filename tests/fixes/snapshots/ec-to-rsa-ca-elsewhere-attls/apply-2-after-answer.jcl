//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply-2-after-answer.jcl, made by zcertlint fix for 2026-11-21.
//* Read PLAN.md first.
//* Not on the day of apply.jcl: when the CA has answered, and its
//* answer is in the data set that the job names.
//* After it, when all of it has ended well:
//* zowe.yaml-2-after-answer.patch, ttls.policy-2-after-answer.patch
//* (PLAN.md).
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
//*  1. a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by its CA outside of RACF (review)
//*
//* ------------------------------------------------------------
//* P1: a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by its CA outside of RACF
//*     Stopped half-way? Where ADD has failed, upload the answer
//*     again; submit it again: what was done is done once more.
//* ------------------------------------------------------------
//* P1G1: 4 = this data set is not there, 0 = it is: the answer of the
//*       CA
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.SIGNED')
$$
//* P1G2: 4 = ID(ZWESVUSR) 'Zowe Server RSA' is not there, 0 = it is:
//*       the new key
//P1G2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
$$
//* P1G3: 4 = this data set is not there, 0 = it is: all of this was
//*       done, and nothing is done again
//P1G3     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CERT')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 0 & P1G2.RC = 0 & P1G3.RC = 4) THEN
//* P1S1: add the answer of the CA
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) ADD('ZCERTLNT.D261121.ZD71899.SIGNED') TRUST
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
$$
//P1I2     IF (P1S1.RC = 0) THEN
//* P1S2: its chain
//P1S2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
$$
//P1I3     IF (P1S2.RC = 0) THEN
//* P1S3: connect it beside the old one
//P1S3     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server RSA') +
   RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)
$$
//P1I4     IF (P1S3.RC = 0) THEN
//* P1S4: a copy of it: where this data set is, all of this was done;
//*       the job that takes the old one off asks for it
//P1S4     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) EXPORT(LABEL('Zowe Server RSA')) +
   DSN('ZCERTLNT.D261121.ZD71899.CERT') FORMAT(CERTB64)
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
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
$$
