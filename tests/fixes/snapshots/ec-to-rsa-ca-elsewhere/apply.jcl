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
//*  1. a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by its CA outside of RACF (review)
//*
//* ------------------------------------------------------------
//* P1: a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by its CA outside of RACF
//*     Stopped half-way? Only where GENREQ itself has failed the label
//*     is there and no request: delete what GENREQ has left, issue
//*     RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe Server RSA'))
//*     DSN('ZCERTLNT.D261121.ZD71899.CSR') by hand first, and no
//*     second REKEY. Where 'Zowe Server RSA' is in use before the
//*     first run, another certificate has that label: gather the
//*     listings again, and plan anew. ZCERTLNT.D261121.ZD71899.CSR
//*     shows that all is done.
//* ------------------------------------------------------------
//* P1G1: 4 = this data set is not there, 0 = it is: the request was
//*       made, and is not made again
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CSR')
$$
//* P1G2: 4 = ID(ZWESVUSR) 'Zowe Server RSA' is not there, 0 = it is:
//*       it is used, or is somebody else's
//P1G2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 4 & P1G2.RC = 4) THEN
//* P1S1: make the new key and a request from it
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) REKEY(LABEL('Zowe Server')) +
   WITHLABEL('Zowe Server RSA') RSA SIZE(2048) +
   NOTAFTER(DATE(2028-11-21))
 RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe Server RSA')) +
   DSN('ZCERTLNT.D261121.ZD71899.CSR')
$$
//P1X1     ENDIF
//* Refresh, when a part has been carried out. One class in each step:
//* 4 (the class is not RACLISTed) is no failure; after another one
//* refresh that class by hand.
//RIF      IF (P1S1.RC = 0) THEN
//R1       EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 SETROPTS RACLIST(DIGTCERT) REFRESH
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
