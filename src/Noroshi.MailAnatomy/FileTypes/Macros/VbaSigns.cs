namespace Noroshi.MailAnatomy.FileTypes.Macros;

/// <summary>Names in macros that mean something to whoever judges them.</summary>
internal static class VbaSigns
{
    /// <summary>Procedures that Office runs by itself.</summary>
    public static readonly string[] AutoRun =
    [
        "AutoExec",
        "AutoOpen",
        "AutoNew",
        "AutoClose",
        "AutoExit",
        "Auto_Open",
        "Auto_Close",
        "Auto_Activate",
        "Auto_Deactivate",
        "Auto_Add",
        "Document_Open",
        "Document_New",
        "Document_Close",
        "Document_BeforeClose",
        "Document_ContentControlOnEnter",
        "DocumentOpen",
        "DocumentBeforeClose",
        "DocumentChange",
        "NewDocument",
        "Workbook_Open",
        "Workbook_Activate",
        "Workbook_Deactivate",
        "Workbook_Close",
        "Workbook_BeforeClose",
        "Workbook_WindowActivate",
        "WorkbookOpen",
        "Workbook_BeforeSave",
        "Worksheet_Activate",
        "Worksheet_Calculate",
        "Worksheet_Change",
        "Presentation_Open",
        "OnSlideShowPageChange",
        "SlideShow_Open",
        "App_DocumentOpen",
        "App_WorkbookOpen",
        "AddinInstall",
        "Workbook_AddinInstall",
    ];

    /// <summary>
    /// Of <see cref="AutoRun"/>, those that a compiled project names only when somebody wrote a procedure of that name.
    /// </summary>
    public static readonly string[] Written =
    [
        "AutoExec",
        "AutoOpen",
        "AutoClose",
        "Auto_Open",
        "Auto_Close",
        "Document_Open",
        "Document_Close",
        "Workbook_Open",
        "Workbook_BeforeClose",
    ];

    /// <summary>Events of controls that need no click of the reader.</summary>
    public static readonly string[] AutoRunEvents =
    [
        "_Layout",
        "_Painted",
        "_Painting",
        "_GotFocus",
        "_Resize",
        "_StatusTextChange",
        "_TitleChange",
        "_DownloadComplete",
        "_ProgressChange",
    ];

    /// <summary>Run programs, fetch files, or reach into other processes: seldom in the macros of an office.</summary>
    public static readonly string[] Strong =
    [
        "WScript.Shell",
        "Shell.Application",
        "ShellExecute",
        "URLDownloadToFile",
        "powershell",
        "pwsh",
        "cmd.exe",
        "cmd /c",
        "mshta",
        "rundll32",
        "regsvr32",
        "certutil",
        "bitsadmin",
        "wscript.exe",
        "cscript",
        "msiexec",
        "installutil",
        "CreateThread",
        "CreateRemoteThread",
        "VirtualAlloc",
        "VirtualProtect",
        "WriteProcessMemory",
        "NtWriteVirtualMemory",
        "CallWindowProc",
        "EnumSystemLanguageGroups",
        "CreateProcess",
        "WinExec",
        "winmgmts:",
        "Win32_Process",
        "Schedule.Service",
        "ShellBrowserWindow",
        "ExecuteExcel4Macro",
        "InternetExplorer.Application",
        "MSXML2.XMLHTTP",
        "MSXML2.ServerXMLHTTP",
        "Microsoft.XMLHTTP",
        "WinHttp.WinHttpRequest",
        "DownloadFile",
        "DownloadString",
        "FromBase64String",
        "AccessVBOM",
        "VBProject",
        "CodeModule",
    ];

    /// <summary>Ordinary by themselves; told along with the strong ones.</summary>
    public static readonly string[] Weak =
    [
        "CreateObject",
        "GetObject",
        "CallByName",
        "Environ",
        "Scripting.FileSystemObject",
        "ADODB.Stream",
        "SaveToFile",
        "RegWrite",
        "RegRead",
        "SendKeys",
        "Application.Run",
        "RtlMoveMemory",
        "StrReverse",
        "ChrW",
        "CustomDocumentProperties",
        "BuiltInDocumentProperties",
        "Kill",
    ];
}
