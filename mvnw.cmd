@echo off
rem Runs Maven for this project: an installed one (3.8.7 or newer), else the pinned one, fetched once from Apache's archive.
setlocal EnableExtensions EnableDelayedExpansion

set "JDK=25"
set "MAVEN_PINNED=3.9.9"
set "MAVEN_SHA512=a555254d6b53d267965a3404ecb14e53c3827c09c3b94b5678835887ab404556bfaf78dcfe03ba76fa2508649dca8531c74bca4d5846513522404d48e8c4ac8b"
set "MAVEN_ARCHIVE=https://archive.apache.org/dist/maven/maven-3/%MAVEN_PINNED%/binaries/apache-maven-%MAVEN_PINNED%-bin.tar.gz"
set "FOUND="

if defined JAVA_HOME call :try "%JAVA_HOME%"
if not defined FOUND for /d %%J in ("%ProgramFiles%\Eclipse Adoptium\jdk-%JDK%*" "%ProgramFiles%\Java\jdk-%JDK%*" "%ProgramFiles%\Microsoft\jdk-%JDK%*" "%USERPROFILE%\.jdks\*%JDK%*") do if not defined FOUND call :try "%%~J"
if not defined FOUND (
  echo mvnw: found no JDK %JDK%. Install one, for example Eclipse Temurin %JDK% from https://adoptium.net, or set JAVA_HOME to it. 1>&2
  exit /b 1
)
set "JAVA_HOME=%FOUND%"
set "MAVEN_OPTS=--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED %MAVEN_OPTS%"

set "MVN="
for /f "tokens=3" %%V in ('mvn.cmd -v 2^>nul ^| findstr /b /c:"Apache Maven"') do call :new_enough %%V && set "MVN=mvn.cmd"
if defined MVN goto run

set "MAVEN_DIR=%USERPROFILE%\.m2\wrapper\apache-maven-%MAVEN_PINNED%"
if not exist "%MAVEN_DIR%\bin\mvn.cmd" (
  if not exist "%USERPROFILE%\.m2\wrapper" mkdir "%USERPROFILE%\.m2\wrapper"
  set "ARCHIVE=%USERPROFILE%\.m2\wrapper\maven-%RANDOM%.tar.gz"
  echo mvnw: fetching Maven %MAVEN_PINNED% 1>&2
  curl -fsSL -o "!ARCHIVE!" "%MAVEN_ARCHIVE%" || (echo mvnw: could not fetch %MAVEN_ARCHIVE%. Install Maven 3.8.7 or newer instead. 1>&2 & exit /b 1)
  set "SUM="
  for /f "skip=1 delims=" %%H in ('certutil -hashfile "!ARCHIVE!" SHA512') do if not defined SUM set "SUM=%%H"
  set "SUM=!SUM: =!"
  if /i not "!SUM!"=="%MAVEN_SHA512%" (
    del "!ARCHIVE!"
    echo mvnw: the archive of Maven %MAVEN_PINNED% does not have the expected SHA-512 sum; it was not used. 1>&2
    exit /b 1
  )
  tar -xzf "!ARCHIVE!" -C "%USERPROFILE%\.m2\wrapper" || exit /b 1
  del "!ARCHIVE!"
)
set "MVN=%MAVEN_DIR%\bin\mvn.cmd"

:run
call "%MVN%" %*
exit /b %ERRORLEVEL%

:try
if exist "%~1\bin\javac.exe" findstr /r /c:"^JAVA_VERSION=.%JDK%[.\"]" "%~1\release" >nul 2>&1 && set "FOUND=%~1"
exit /b 0

:new_enough
for /f "tokens=1-3 delims=.-" %%A in ("%1") do (
  if %%A GTR 3 exit /b 0
  if %%A LSS 3 exit /b 1
  if %%B GTR 8 exit /b 0
  if %%B LSS 8 exit /b 1
  if %%C GEQ 7 exit /b 0
)
exit /b 1
