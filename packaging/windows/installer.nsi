; The installer for Windows. packaging/windows_setup.py runs makensis with what is written ${LIKE_THIS} in capitals.
Unicode true
ManifestDPIAware true
RequestExecutionLevel user ; everything is the user's own
SetCompressor /SOLID lzma

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "${MADE}/files.nsh"

!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\wsgui"
!define CLASSES "Software\Classes"
!define PROFILE "wsgui.profile"

Name "wsgui"
OutFile "${OUTPUT}"
InstallDir "$LOCALAPPDATA\Programs\wsgui"
InstallDirRegKey HKCU "Software\wsgui" "InstallDir"
BrandingText "wsgui ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "wsgui"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${SUMMARY}"
VIAddVersionKey /LANG=0 "CompanyName" "${AUTHORS}"
VIAddVersionKey /LANG=0 "LegalCopyright" "${AUTHORS}"

!define MUI_ICON "${MADE}/wsgui.ico"
!define MUI_UNICON "${MADE}/wsgui.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\wsgui.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "Russian"

LangString RUNNING ${LANG_ENGLISH} "wsgui is running. Close its window, then try again."
LangString RUNNING ${LANG_RUSSIAN} "Программа wsgui запущена. Закройте её окно и повторите попытку."
LangString COMMENT ${LANG_ENGLISH} "${SUMMARY}"
LangString COMMENT ${LANG_RUSSIAN} "Проверка соединений с серверами Socket.IO и WebSocket"

; A program that runs cannot be written to.
!macro CLOSED
  retry:
  IfFileExists "$INSTDIR\wsgui.exe" 0 closed
  ClearErrors
  FileOpen $0 "$INSTDIR\wsgui.exe" a
  IfErrors 0 opened
  MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(RUNNING)" /SD IDCANCEL IDRETRY retry
  SetErrorLevel 1
  Quit
  opened:
  FileClose $0
  closed:
!macroend

Function .onInit
  !insertmacro CLOSED
FunctionEnd

Function un.onInit
  !insertmacro CLOSED
FunctionEnd

Section
  ; Of an earlier version no file may stay that this one does not have.
  IfFileExists "$INSTDIR\uninstall.exe" 0 +2
  ExecWait '"$INSTDIR\uninstall.exe" /S _?=$INSTDIR'
  !insertmacro INSTALL_FILES
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\wsgui.lnk" "$INSTDIR\wsgui.exe" "" "" 0 SW_SHOWNORMAL "" "$(COMMENT)"

  WriteRegStr HKCU "Software\wsgui" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\wsgui.exe" "" "$INSTDIR\wsgui.exe"

  WriteRegStr HKCU "${CLASSES}\.${SUFFIX}" "" "${PROFILE}"
  WriteRegStr HKCU "${CLASSES}\.${SUFFIX}" "Content Type" "${TYPE}"
  WriteRegStr HKCU "${CLASSES}\${PROFILE}" "" "${TYPE_TITLE}"
  WriteRegStr HKCU "${CLASSES}\${PROFILE}\DefaultIcon" "" "$INSTDIR\wsgui.exe,0"
  WriteRegStr HKCU "${CLASSES}\${PROFILE}\shell\open\command" "" '"$INSTDIR\wsgui.exe" "%1"'
  WriteRegStr HKCU "${CLASSES}\${SCHEME}" "" "URL:wsgui"
  WriteRegStr HKCU "${CLASSES}\${SCHEME}" "URL Protocol" ""
  WriteRegStr HKCU "${CLASSES}\${SCHEME}\DefaultIcon" "" "$INSTDIR\wsgui.exe,0"
  WriteRegStr HKCU "${CLASSES}\${SCHEME}\shell\open\command" "" '"$INSTDIR\wsgui.exe" "%1"'

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "wsgui"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\wsgui.exe,0"
  WriteRegStr HKCU "${UNINSTALL}" "Publisher" "${AUTHORS}"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
  ${RefreshShellIcons}
SectionEnd

Section "Uninstall"
  !insertmacro DELETE_FILES
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; only if nothing else is in it
  Delete "$SMPROGRAMS\wsgui.lnk"
  DeleteRegKey HKCU "Software\wsgui"
  DeleteRegKey HKCU "Software\Microsoft\Windows\CurrentVersion\App Paths\wsgui.exe"
  DeleteRegKey HKCU "${CLASSES}\.${SUFFIX}"
  DeleteRegKey HKCU "${CLASSES}\${PROFILE}"
  DeleteRegKey HKCU "${CLASSES}\${SCHEME}"
  DeleteRegKey HKCU "${UNINSTALL}"
  ${RefreshShellIcons}
SectionEnd
