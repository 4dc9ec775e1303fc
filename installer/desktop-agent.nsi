; The setup program for Windows: for one account, without administrator, in English or Simplified Chinese.
;
; packaging/build.py calls makensis with VERSION, TARGET, ICON, SIDE, INSTALL_LINES, UNINSTALL_LINES, KILOBYTES, and
; perhaps SIGN (a command) and QUICK (packs loosely).
;
;   setup.exe /S [/DESKTOP=1] [/GGUF=0] [/D=C:\a folder]      installs without a word; /D comes last, unquoted
;   uninstall.exe /S [/PURGE]                                 removes it; with /PURGE conversations and models as well
;
; Ends with 0 done, 1 cancelled, 2 failed, 3 a newer version is installed, 4 Windows is too old, 5 the program is
; running, 6 too little disk, 7 the folder cannot be written, 8 another setup or uninstaller is open. Without a window
; the reason goes to standard output.

Unicode true
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
; The same files give the same setup program, whenever they were made.
SetDateSave off
AllowSkipFiles off

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include Sections.nsh
!include StrFunc.nsh
!include WinMessages.nsh
!include WinVer.nsh
!include WordFunc.nsh
!include x64.nsh
${StrRep}

!define TITLE "Desktop Agent"
!define NAME "DesktopAgent"
!define COMMAND "desktop-agent"
!define LIST "_internal\contents.txt"
!define DATA "$LOCALAPPDATA\${NAME}"
!define OWN_KEY "Software\${NAME}"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define FILE_TYPE "${NAME}.gguf"
!define WINDOWS_10_1809 17763

Name "${TITLE}"
OutFile "${TARGET}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN_KEY}" "InstallDir"
BrandingText "${TITLE} ${VERSION}"
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS Win10
VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${TITLE}"
VIAddVersionKey /LANG=0 "CompanyName" "${TITLE}"
VIAddVersionKey /LANG=0 "FileDescription" "${TITLE} Setup"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" "MIT licence"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
  !finalize '${SIGN} "%1"' = 0
!endif

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH FitControl
!define MUI_WELCOMEPAGE_TEXT "$(WELCOME)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_FINISHPAGE_RUN "$INSTDIR\${NAME}.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES
; The first one is for every language that is not listed.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include "${__FILEDIR__}\words.nsh"

Var Old         ; the version that is installed, or nothing
Var OldFolder   ; where it is
Var Wanted      ; what /DESKTOP= or /GGUF= says

; Say a sentence and end with a number: in a window, or where there is none on standard output.
!macro Refuse NUMBER TEXT
  StrCpy $0 "${TEXT}"
  MessageBox MB_OK|MB_ICONSTOP "$0" /SD IDOK
  ${If} ${Silent}
    System::Call 'kernel32::GetStdHandle(i -11) p .r1'
    ${If} $1 P<> 0
    ${AndIf} $1 P<> -1
      FileWrite $1 "$0$\r$\n"
    ${EndIf}
  ${EndIf}
  SetErrorLevel ${NUMBER}
  Quit
!macroend
!define Refuse "!insertmacro Refuse"

!macro RunningFunctions UN
; $0 = 1 when one of the programs in the folder $R0 is running: Windows lets nobody write to it then.
Function ${UN}Running
  Push $1
  Push $2
  Push $3
  StrCpy $0 0
  StrCpy $2 "$R0\${NAME}.exe"
  look:
  ${If} ${FileExists} "$2"
    ; Opened for writing and for nobody else, only when it exists; 32 is a sharing violation.
    System::Call 'kernel32::CreateFileW(w r2, i 0x40000000, i 0, p 0, i 3, i 0, p 0) p .r1 ?e'
    Pop $3
    ${If} $1 P<> -1
      System::Call 'kernel32::CloseHandle(p r1)'
    ${ElseIf} $3 = 32
      StrCpy $0 1
    ${EndIf}
  ${EndIf}
  ${If} $2 == "$R0\${NAME}.exe"
    StrCpy $2 "$R0\${COMMAND}.exe"
    Goto look
  ${EndIf}
  Pop $3
  Pop $2
  Pop $1
FunctionEnd

; Ask every window of the programs in the folder $R0 to close, as its own cross would: first those in front, which may
; keep the others from closing. Windows of the same program in another folder, a portable one perhaps, are left alone.
Function ${UN}AskWindows
  Push $1
  Push $2
  Push $3
  Push $4
  Push $5
  System::Call 'kernel32::GetLongPathNameW(w "$R0", w .r5, i ${NSIS_MAX_STRLEN}) i .r1'
  ${If} $1 = 0
    StrCpy $5 $R0
  ${EndIf}
  StrCpy $1 0
  ${Do}
    System::Call 'user32::FindWindowExW(p 0, p r1, p 0, p 0) p .r1'
    ${If} $1 P= 0
      ${ExitDo}
    ${EndIf}
    System::Call 'user32::GetWindowThreadProcessId(p r1, *i .r2)'
    ; 0x1000: to be told its name and nothing else.
    System::Call 'kernel32::OpenProcess(i 0x1000, i 0, i r2) p .r3'
    ${If} $3 P= 0
      ${Continue}
    ${EndIf}
    StrCpy $4 ""
    System::Call 'kernel32::QueryFullProcessImageNameW(p r3, i 0, w .r4, *i ${NSIS_MAX_STRLEN}) i .r2'
    System::Call 'kernel32::CloseHandle(p r3)'
    ${If} $4 == "$5\${NAME}.exe"
      ; Besides what is seen, a window that went to the notification area; not the helpers of Qt, which have no name.
      System::Call 'user32::IsWindowVisible(p r1) i .r2'
      System::Call 'user32::GetWindowTextW(p r1, w .r4, i ${NSIS_MAX_STRLEN})'
      ${If} $2 <> 0
      ${OrIf} $4 == "${TITLE}"
        System::Call 'user32::PostMessageW(p r1, i ${WM_CLOSE}, p 0, p 0)'
      ${EndIf}
    ${EndIf}
  ${Loop}
  Pop $5
  Pop $4
  Pop $3
  Pop $2
  Pop $1
FunctionEnd

; Ask whether the running program may be closed, and close it. Silently it is refused: an answer that is being written
; would be lost.
Function ${UN}CloseRunning
  Call ${UN}Running
  ${If} $0 = 0
    Return
  ${EndIf}
  IfSilent refuse
  MessageBox MB_OKCANCEL|MB_ICONEXCLAMATION "$(MAY_CLOSE)" IDOK close
  refuse:
  ${Refuse} 5 "$(IS_RUNNING)"
  close:
  StrCpy $1 0
  ${Do}
    Call ${UN}AskWindows
    Sleep 500
    Call ${UN}Running
    IntOp $1 $1 + 1
    ${If} $0 = 0
      Return
    ${EndIf}
  ${LoopUntil} $1 > 20
  ; A chat or the service in a terminal has no window, and a program that hangs does not answer.
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(NOT_CLOSED)" IDRETRY close
  Goto refuse
FunctionEnd

; Only one setup or uninstaller at a time: a second one would take away what the first is just bringing.
Function ${UN}BeAlone
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "${NAME}.setup") p .r1 ?e'
  Pop $0
  ${If} $0 = 183
    ${Refuse} 8 "$(IS_OPEN)"
  ${EndIf}
FunctionEnd
!macroend
!insertmacro RunningFunctions ""
!insertmacro RunningFunctions "un."

; The version in $Old that the folder $R0 holds, as its own list says; nothing when it holds none.
Function ReadVersion
  StrCpy $Old ""
  ClearErrors
  FileOpen $1 "$R0\${LIST}" r
  ${IfNot} ${Errors}
    FileRead $1 $Old
    FileClose $1
    ${WordFind} "$Old" "$\n" "+1" $Old
    ${WordFind} "$Old" "$\r" "+1" $Old
  ${EndIf}
FunctionEnd

; Delete what the list in the folder $R0 names, and the folders that are empty then. A stranger's file stays.
; This and not the old uninstaller: that may be missing, and it would take the shortcuts along.
Function RemoveListed
  ClearErrors
  FileOpen $1 "$R0\${LIST}" r
  ${If} ${Errors}
    Return
  ${EndIf}
  FileRead $1 $2  ; the version
  ${Do}
    ClearErrors
    FileRead $1 $2
    ${If} ${Errors}
      ${ExitDo}
    ${EndIf}
    ${WordFind} "$2" "$\n" "+1" $2
    ${WordFind} "$2" "$\t" "+2" $2
    ${StrRep} $2 $2 "/" "\"
    ; Only places below the folder, whoever wrote the list.
    ${StrRep} $3 $2 ".." ""
    ${If} $2 != $3
    ${OrIf} $2 == ""
      ${Continue}
    ${EndIf}
    Delete "$R0\$2"
    ${Do}
      ${GetParent} "$2" $2
      ${If} $2 == ""
        ${ExitDo}
      ${EndIf}
      RMDir "$R0\$2"
    ${Loop}
  ${Loop}
  FileClose $1
  Delete "$R0\${LIST}"
  RMDir "$R0\_internal"
FunctionEnd

Function RefuseOlder
  ${If} $Old != ""
    ${VersionCompare} "$Old" "${VERSION}" $1
    ${If} $1 = 1
      ${Refuse} 3 "$(NEWER)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; Room in the folder $INSTDIR, and the right to write to it. What an old version there takes will be free.
Function Examine
  CreateDirectory "$INSTDIR"
  ClearErrors
  FileOpen $1 "$INSTDIR\.writable" w
  ${If} ${Errors}
    ${Refuse} 7 "$(NOT_WRITABLE)"
  ${EndIf}
  FileClose $1
  Delete "$INSTDIR\.writable"
  ; Clusters and the uninstaller come on top.
  IntOp $3 ${KILOBYTES} + 20000
  ${If} $OldFolder == $INSTDIR
    ReadRegDWORD $4 HKCU "${UNINSTALL_KEY}" "EstimatedSize"
    IntOp $3 $3 - $4
  ${EndIf}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR", *l .r1, p 0, p 0) i .r2'
  ${If} $2 <> 0
    System::Int64Op $1 / 1024
    Pop $1
    System::Int64Op $1 < $3
    Pop $2
    ${If} $2 = 1
      System::Int64Op $3 / 1024
      Pop $3
      System::Int64Op $1 / 1024
      Pop $1
      RMDir "$INSTDIR"
      ${Refuse} 6 "$(NO_ROOM)"
    ${EndIf}
  ${EndIf}
FunctionEnd

Section "!$(PROGRAM)" PROGRAM_SECTION
  SectionIn RO
  ; The folder may hold a version that the registry does not know: copied there, or left by an interrupted setup.
  StrCpy $R0 "$INSTDIR"
  Call ReadVersion
  Call RefuseOlder
  Call CloseRunning
  ReadRegStr $OldFolder HKCU "${OWN_KEY}" "InstallDir"
  Call Examine
  ${If} $OldFolder != ""
  ${AndIf} $OldFolder != $INSTDIR
    StrCpy $R0 "$OldFolder"
    Call CloseRunning
    Call RemoveListed
    Delete "$OldFolder\uninstall.exe"
    RMDir "$OldFolder"
  ${EndIf}
  StrCpy $R0 "$INSTDIR"
  Call RemoveListed

  ; Before the files: what is interrupted now can be uninstalled, or installed again, in the usual way.
  SetOutPath "$INSTDIR"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  WriteRegStr HKCU "${OWN_KEY}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${TITLE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${NAME}.exe"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1

  !include "${INSTALL_LINES}"

  CreateShortCut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\${NAME}.exe" "" "" "" "" "" "$(WHAT_IT_IS)"
SectionEnd

Section /o "$(ON_DESKTOP)" DESKTOP_SECTION
  CreateShortCut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\${NAME}.exe" "" "" "" "" "" "$(WHAT_IT_IS)"
SectionEnd

Section "$(OPENS_MODELS)" GGUF_SECTION
  WriteRegStr HKCU "Software\Classes\${FILE_TYPE}" "" "$(MODEL_FILE)"
  WriteRegStr HKCU "Software\Classes\${FILE_TYPE}\DefaultIcon" "" "$INSTDIR\${NAME}.exe,0"
  WriteRegStr HKCU "Software\Classes\${FILE_TYPE}\shell\open\command" "" '"$INSTDIR\${NAME}.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.gguf\OpenWithProgids" "${FILE_TYPE}" ""
  ; Another program that already opens such files keeps them; this one is then found under "Open with".
  ReadRegStr $1 HKCR ".gguf" ""
  ${If} $1 == ""
    WriteRegStr HKCU "Software\Classes\.gguf" "" "${FILE_TYPE}"
  ${EndIf}
  ${RefreshShellIcons}
SectionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${PROGRAM_SECTION} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${DESKTOP_SECTION} "$(ABOUT_DESKTOP)"
  !insertmacro MUI_DESCRIPTION_TEXT ${GGUF_SECTION} "$(ABOUT_MODELS)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

Function .onInit
  Call BeAlone
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastBuild} ${WINDOWS_10_1809}
    ${Refuse} 4 "$(OLD_WINDOWS)"
  ${EndIf}
  ReadRegStr $Old HKCU "${UNINSTALL_KEY}" "DisplayVersion"
  Call RefuseOlder
  ; An upgrade keeps what was chosen before.
  ${If} $Old != ""
    ${If} ${FileExists} "$DESKTOP\${TITLE}.lnk"
      !insertmacro SelectSection ${DESKTOP_SECTION}
    ${EndIf}
    ReadRegStr $1 HKCU "Software\Classes\${FILE_TYPE}" ""
    ${If} $1 == ""
      !insertmacro UnselectSection ${GGUF_SECTION}
    ${EndIf}
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DESKTOP=" $Wanted
  ${IfNot} ${Errors}
    ${If} $Wanted = 1
      !insertmacro SelectSection ${DESKTOP_SECTION}
    ${Else}
      !insertmacro UnselectSection ${DESKTOP_SECTION}
    ${EndIf}
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/GGUF=" $Wanted
  ${IfNot} ${Errors}
    ${If} $Wanted = 1
      !insertmacro SelectSection ${GGUF_SECTION}
    ${Else}
      !insertmacro UnselectSection ${GGUF_SECTION}
    ${EndIf}
  ${EndIf}
FunctionEnd

; -- the uninstaller --------------------------------------------------------------------------------------------------

; A link to a folder elsewhere is taken away, never followed.
!macro TakeAwayLink PLACE
  System::Call 'kernel32::GetFileAttributesW(w "${PLACE}") i .r1'
  ${If} $1 <> -1
    IntOp $1 $1 & 0x400
    ${If} $1 <> 0
      RMDir "${PLACE}"
    ${EndIf}
  ${EndIf}
!macroend

Section "un.!$(PROGRAM)" UN_PROGRAM_SECTION
  SectionIn RO
  StrCpy $R0 "$INSTDIR"
  Call un.CloseRunning
  !include "${UNINSTALL_LINES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${TITLE}.lnk"
  Delete "$DESKTOP\${TITLE}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  DeleteRegKey HKCU "${OWN_KEY}"
  DeleteRegKey HKCU "Software\Classes\${FILE_TYPE}"
  DeleteRegValue HKCU "Software\Classes\.gguf\OpenWithProgids" "${FILE_TYPE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.gguf\OpenWithProgids"
  ReadRegStr $1 HKCU "Software\Classes\.gguf" ""
  ${If} $1 == "${FILE_TYPE}"
    DeleteRegValue HKCU "Software\Classes\.gguf" ""
  ${EndIf}
  DeleteRegKey /ifempty HKCU "Software\Classes\.gguf"
  ${RefreshShellIcons}
SectionEnd

Section /o "un.$(OWN_DATA)" UN_DATA_SECTION
  ; The program's own folder, at its usual place only: one that was chosen with --folder is not ours to delete.
  !insertmacro TakeAwayLink "${DATA}\models"
  !insertmacro TakeAwayLink "${DATA}\backups"
  !insertmacro TakeAwayLink "${DATA}\states"
  !insertmacro TakeAwayLink "${DATA}\logs"
  !insertmacro TakeAwayLink "${DATA}"
  RMDir /r "${DATA}"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${UN_PROGRAM_SECTION} "$(ABOUT_PROGRAM)"
  !insertmacro MUI_DESCRIPTION_TEXT ${UN_DATA_SECTION} "$(ABOUT_DATA)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END

Function un.onInit
  Call un.BeAlone
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${UN_DATA_SECTION}
  ${EndIf}
FunctionEnd
