//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply.jcl, made by zcertlint fix for 2026-11-21. Read PLAN.md
//* first.
//* After it, when all of it has ended well: zowe.yaml.patch (PLAN.md).
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
//*     beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//*     (review)
//*
//* ------------------------------------------------------------
//* P1: a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//*     Stopped half-way? Correct the cause, and submit it again: the
//*     new key is used, and the rest is done. Only where GENREQ itself
//*     has failed the label is there and no request: delete what
//*     GENREQ has left, issue RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe
//*     Server RSA')) DSN('ZCERTLNT.D261121.ZD71899.CSR') by hand
//*     first, and no second REKEY. Where 'Zowe Server RSA' is in use
//*     before the first run, another certificate has that label:
//*     gather the listings again, and plan anew.
//*     ZCERTLNT.D261121.ZD71899.CERT shows that all is done: to make
//*     the change again after the way back, delete it and
//*     ZCERTLNT.D261121.ZD71899.UNDONE.
//* ------------------------------------------------------------
//* P1G1: 4 = this data set is not there, 0 = it is: all of this was
//*       done, and nothing is done again
//P1G1     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CERT')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 4) THEN
//* P1G2: 4 = this data set is not there, 0 = it is: a run that has
//*       stopped after GENREQ has made it, and the new key
//P1G2     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CSR')
$$
//* P1G3: 4 = ID(ZWESVUSR) 'Zowe Server RSA' is not there, 0 = it is:
//*       it is used, or is somebody else's
//P1G3     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
$$
//P1J1     IF (P1G2.RC = 4 & P1G3.RC = 4) THEN
//* P1S1: make the new key, make a request from it
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) REKEY(LABEL('Zowe Server')) +
   WITHLABEL('Zowe Server RSA') RSA SIZE(2048) +
   NOTAFTER(DATE(2028-11-21))
 RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe Server RSA')) +
   DSN('ZCERTLNT.D261121.ZD71899.CSR')
$$
//P1K1     ENDIF
//P1I2     IF (P1S1.RC = 0 | P1G2.RC = 0) THEN
//* P1S2: sign it
//P1S2     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) GENCERT('ZCERTLNT.D261121.ZD71899.CSR') +
   SIGNWITH(CERTAUTH LABEL('Acme Zowe CA')) NOTAFTER(DATE(2028-11-21))
$$
//P1I3     IF (P1S2.RC = 0) THEN
//* P1S3: its chain
//P1S3     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
$$
//P1I4     IF (P1S3.RC = 0) THEN
//* P1S4: connect it beside the old one
//P1S4     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) CONNECT(ID(ZWESVUSR) LABEL('Zowe Server RSA') +
   RING(ZoweKeyring) USAGE(PERSONAL) DEFAULT)
$$
//P1I5     IF (P1S4.RC = 0) THEN
//* P1S5: a copy of it: where this data set is, all of this was done;
//*       the job that takes the old one off asks for it
//P1S5     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) EXPORT(LABEL('Zowe Server RSA')) +
   DSN('ZCERTLNT.D261121.ZD71899.CERT') FORMAT(CERTB64)
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
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTCHAIN(LABEL('Zowe Server RSA'))
 RACDCERT ID(ZWESVUSR) LISTRING(ZoweKeyring)
$$
