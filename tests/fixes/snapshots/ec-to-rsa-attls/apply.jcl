//ZCERTFIX JOB ,'ZCERTLINT',CLASS=A,MSGCLASS=H,MSGLEVEL=(1,1),
//         REGION=0M
//* apply.jcl, made by zcertlint fix for 2026-11-21. Read PLAN.md
//* first.
//* It needs: a user with SPECIAL, or the FACILITY profiles that
//* PLAN.md names.
//* It needs: authority to create data sets ZCERTLNT.**
//* Run twice it changes nothing: what has been done is found and left
//* out.
//* Each part stops at the first command that does not end with 0, and
//* so do the parts that need it. Then read SYSTSPRT before going on.
//*
//*  1. a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//*     (review)
//*
//* ------------------------------------------------------------
//* P1: a new RSA 2048 certificate ID(ZWESVUSR) 'Zowe Server RSA'
//*     beside 'Zowe Server', signed by CERTAUTH 'Acme Zowe CA'
//* ------------------------------------------------------------
//* P1G1: 0 = ID(ZWESVUSR) 'Zowe Server RSA' is there already, 4 = it
//*       is not
//P1G1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) LIST(LABEL('Zowe Server RSA'))
$$
//* P1G2: 0 = this data set is there already, 4 = it is not
//P1G2     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CSR')
$$
//* P1G3: 0 = this data set is there already, 4 = it is not
//P1G3     EXEC PGM=IDCAMS
//SYSPRINT DD SYSOUT=*
//SYSIN    DD DATA,DLM=$$
 LISTCAT ENTRIES('ZCERTLNT.D261121.ZD71899.CERT')
$$
//P1I1     IF (RC <= 4 & P1G1.RC = 4 & P1G2.RC = 4 & P1G3.RC = 4) THEN
//* P1S1: make the new key, make a request from it, sign it
//P1S1     EXEC PGM=IKJEFT1B,REGION=0M
//SYSTSPRT DD SYSOUT=*
//SYSTSIN  DD DATA,DLM=$$
 RACDCERT ID(ZWESVUSR) REKEY(LABEL('Zowe Server')) +
   WITHLABEL('Zowe Server RSA') RSA SIZE(2048) +
   NOTAFTER(DATE(2028-11-21))
 RACDCERT ID(ZWESVUSR) GENREQ(LABEL('Zowe Server RSA')) +
   DSN('ZCERTLNT.D261121.ZD71899.CSR')
 RACDCERT ID(ZWESVUSR) GENCERT('ZCERTLNT.D261121.ZD71899.CSR') +
   SIGNWITH(CERTAUTH LABEL('Acme Zowe CA')) NOTAFTER(DATE(2028-11-21))
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
//* P1S4: a copy of it: the job that takes the old one off asks for
//*       this data set
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
//* 4 (the class is not RACLISTed) is no failure.
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
