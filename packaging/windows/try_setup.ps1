# Install silently, run what was installed, remove it, and find neither a file nor a key left.
$ErrorActionPreference = "Stop"
$folder = "$env:LOCALAPPDATA\Programs\wsgui"
$keys = "HKCU:\Software\Classes\.wsgui", "HKCU:\Software\Classes\wsgui", "HKCU:\Software\Classes\wsgui.profile",
    "HKCU:\Software\Microsoft\Windows\CurrentVersion\Uninstall\wsgui"

$setup = Get-Item dist\*-setup.exe
Start-Process $setup -ArgumentList "/S" -Wait
foreach ($key in $keys) { if (-not (Test-Path $key)) { throw "not there after the installation: $key" } }

& build\packaging\venv\Scripts\python packaging\smoke.py "$folder\wsgui.com"
if ($LASTEXITCODE) { throw "the installed program fails" }

# Without _?= the uninstaller goes on as a copy of itself, and returns at once.
Start-Process "$folder\uninstall.exe" -ArgumentList "/S", "_?=$folder" -Wait
Remove-Item "$folder\uninstall.exe" -ErrorAction SilentlyContinue
if ((Test-Path $folder) -and (Get-ChildItem $folder)) { throw "left behind: $(Get-ChildItem $folder -Recurse)" }
foreach ($key in $keys) { if (Test-Path $key) { throw "left behind: $key" } }
