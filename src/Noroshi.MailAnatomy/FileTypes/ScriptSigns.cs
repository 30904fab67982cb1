namespace Noroshi.MailAnatomy.FileTypes;

/// <summary>One script language as data: words that weigh, how its lines begin and how its remarks look. All in lower case.</summary>
/// <param name="Match">What is reported.</param>
/// <param name="Threshold">Weight from which the language is believed.</param>
/// <param name="Words">Words and their weights; each counts once.</param>
/// <param name="Openers">First words of statements.</param>
/// <param name="Remarks">Beginnings of lines that are remarks.</param>
/// <param name="Blocks">Beginnings and ends of remarks (and of texts that serve as such) over several lines.</param>
/// <param name="Separators">Lines of this language usually end in or hold these.</param>
internal sealed record ScriptSigns(
    FileTypeMatch Match,
    int Threshold,
    (byte[] Word, int Weight)[] Words,
    HashSet<string> Openers,
    byte[][] Remarks,
    (byte[] Start, byte[] End)[] Blocks,
    byte[] Separators
)
{
    /// <summary>What shows that a listing is of another language, which nothing on a victim's machine runs by itself.</summary>
    public static IReadOnlyList<byte[]> Foreign { get; } =
    [
        "#include"u8.ToArray(),
        "int main("u8.ToArray(),
        "void main("u8.ToArray(),
        "public class "u8.ToArray(),
        "public static void"u8.ToArray(),
        "using system;"u8.ToArray(),
        "package main"u8.ToArray(),
        "import java."u8.ToArray(),
        "using namespace "u8.ToArray(),
        "create table "u8.ToArray(),
        "fn main("u8.ToArray(),
        "identification division"u8.ToArray(),
        "\\documentclass"u8.ToArray(),
        "\nuse strict;"u8.ToArray(),
        "\nuse warnings"u8.ToArray(),
        "{$mode "u8.ToArray(),
        "\nuses\n"u8.ToArray(),
        "\nuses\r"u8.ToArray(),
        "\nuses "u8.ToArray(),
    ];

    /// <summary>The languages, those with the most particular words first.</summary>
    public static IReadOnlyList<ScriptSigns> Languages { get; } = [PowerShell(), Batch(), VbScript(), JavaScript(), Python()];

    private static (byte[] Word, int Weight)[] Weigh(params (string Word, int Weight)[] words) =>
        [.. words.Select(word => (System.Text.Encoding.ASCII.GetBytes(word.Word), word.Weight))];

    private static byte[][] Lines(params string[] starts) => [.. starts.Select(System.Text.Encoding.ASCII.GetBytes)];

    private static HashSet<string> Set(string words) => words.Split(' ').ToHashSet(StringComparer.Ordinal);

    private static ScriptSigns PowerShell() =>
        new(
            new(FileType.Script, "ps1", ["ps1", "psm1", "psd1", "txt"]),
            70,
            Weigh(
                ("new-object", 60),
                ("invoke-expression", 60),
                ("iex ", 30),
                ("iex(", 50),
                ("invoke-webrequest", 60),
                ("invoke-restmethod", 60),
                ("[system.", 40),
                ("[convert]::", 60),
                ("frombase64string", 50),
                ("write-host", 60),
                ("write-output", 60),
                ("$env:", 60),
                ("foreach-object", 60),
                ("where-object", 60),
                ("add-type", 50),
                ("start-process", 60),
                (".downloadstring(", 60),
                (".downloadfile(", 50),
                ("[byte[]]", 50),
                (" -eq ", 30),
                (" -ne ", 30),
                (" -match ", 30),
                (" -replace ", 30),
                ("param(", 30),
                ("param (", 30),
                ("get-content", 50),
                ("set-content", 50),
                ("get-childitem", 50),
                ("get-item", 40),
                ("set-itemproperty", 50),
                ("-erroraction", 50),
                ("$_", 40),
                ("start-sleep", 50),
                ("get-process", 50),
                ("set-executionpolicy", 50),
                ("out-file", 50),
                ("out-null", 40),
                ("import-module", 50),
                ("[io.", 40),
                ("[text.encoding]", 50),
                ("[scriptblock]", 50),
                ("$null", 30),
                ("$true", 20),
                ("-windowstyle", 30),
                ("-join", 20),
                ("[char]", 40),
                ("copy-item", 50),
                ("remove-item", 50),
                ("test-path", 50)
            ),
            Set(
                "function param if else elseif foreach for while do switch try catch finally return begin process end filter throw trap using break continue exit iex import-module start-process start-sleep write-host add-type copy-item remove-item"
            ),
            Lines("#"),
            [("<#"u8.ToArray(), "#>"u8.ToArray()), ("@\""u8.ToArray(), "\"@"u8.ToArray()), ("@'"u8.ToArray(), "'@"u8.ToArray())],
            "$;{}|"u8.ToArray()
        );

    private static ScriptSigns Batch() =>
        new(
            new(FileType.Script, "bat", ["bat", "cmd", "nt", "btm", "txt"]),
            70,
            Weigh(
                ("@echo off", 100),
                ("@echo on", 60),
                ("setlocal", 60),
                ("%~dp0", 80),
                ("goto ", 30),
                ("errorlevel", 50),
                ("set /a", 50),
                ("set /p", 50),
                ("set \"", 40),
                ("if exist ", 40),
                ("if not exist ", 40),
                (">nul", 70),
                ("> nul", 70),
                ("2>&1", 30),
                ("%%i", 30),
                ("%%a", 30),
                ("cmd /c", 60),
                ("cmd.exe /c", 80),
                ("powershell", 50),
                ("start /b", 60),
                ("start \"", 60),
                ("start /min", 60),
                ("taskkill ", 50),
                ("reg add ", 60),
                ("reg delete ", 60),
                ("schtasks ", 60),
                ("copy /", 50),
                ("xcopy ", 40),
                ("del /", 50),
                ("%temp%", 50),
                ("%appdata%", 50),
                ("%username%", 40),
                ("%comspec%", 60),
                ("exit /b", 60),
                ("attrib +", 60),
                ("certutil ", 60),
                ("mshta ", 60),
                ("rundll32", 50),
                ("regsvr32", 60),
                ("cd /d", 60),
                ("call :", 50),
                ("bitsadmin ", 60),
                ("ping -n", 60),
                ("net use ", 50),
                ("net user ", 50),
                ("wscript ", 50),
                ("cscript ", 50),
                ("timeout /t", 60),
                ("for /f", 60),
                ("vssadmin ", 50),
                ("\nexit", 20),
                ("\npause", 40),
                ("\nrem ", 30),
                ("\necho ", 40),
                ("\ncls", 30),
                ("\nset ", 40),
                ("%1", 20),
                ("md ", 5)
            ),
            Set(
                "echo set if for goto call start cd chdir copy xcopy robocopy move del erase rd rmdir md mkdir pause exit cls title color powershell powershell.exe cmd cmd.exe reg schtasks taskkill tasklist ping attrib certutil mshta rundll32 regsvr32 wscript cscript net netsh sc curl timeout type ren rename setlocal endlocal shift pushd popd find findstr ipconfig whoami bitsadmin wmic vssadmin bcdedit icacls chcp ver shutdown explorer expand ftp assoc mode sort more ) ( else do"
            ),
            Lines("rem ", "@rem ", "::", "rem\t"),
            [],
            "%@"u8.ToArray()
        );

    private static ScriptSigns VbScript() =>
        new(
            new(FileType.Script, "vbs", ["vbs", "vba", "bas", "cls", "frm", "vb", "txt"]),
            70,
            Weigh(
                ("createobject(", 80),
                ("createobject (", 80),
                ("getobject(", 60),
                ("wscript.", 70),
                ("\ndim ", 50),
                ("\nset ", 30),
                ("end if", 40),
                ("end sub", 50),
                ("end function", 50),
                ("on error resume next", 100),
                ("execute(", 40),
                ("execute ", 10),
                ("executeglobal", 70),
                ("msgbox ", 40),
                ("msgbox(", 40),
                ("chr(", 30),
                ("chrw(", 30),
                ("strreverse(", 50),
                (" then\r", 20),
                (" then\n", 20),
                ("\nwend", 30),
                ("\nloop", 20),
                ("\nnext", 20),
                ("option explicit", 70),
                ("\nsub ", 30),
                ("private sub", 40),
                ("attribute vb_name", 100),
                ("for each ", 20),
                ("\nconst ", 30),
                ("inputbox(", 40),
                (" & chr", 30),
                ("mid(", 20),
                ("replace(", 15),
                ("redim ", 40),
                (" mod ", 5),
                ("createtextfile", 50),
                ("byval ", 30),
                ("\nrandomize", 30),
                (" & _", 30)
            ),
            Set(
                "dim set if else elseif end for next do loop while wend function sub call const on option select case private public msgbox execute executeglobal with exit redim class randomize wscript attribute let property stop erase eval"
            ),
            Lines("'", "rem "),
            [],
            "\"&()="u8.ToArray()
        );

    private static ScriptSigns JavaScript() =>
        new(
            new(FileType.Script, "js", ["js", "mjs", "cjs", "jsx", "ts", "txt", "gs"]),
            60,
            Weigh(
                ("new activexobject", 100),
                ("wscript.", 80),
                ("function(", 35),
                ("function (", 35),
                ("var ", 20),
                ("let ", 8),
                ("const ", 12),
                ("=>", 15),
                ("===", 30),
                ("!==", 30),
                ("typeof ", 30),
                ("document.", 25),
                ("window.", 20),
                ("eval(", 50),
                ("fromcharcode", 60),
                (".charcodeat(", 50),
                ("charat(", 30),
                ("unescape(", 40),
                ("parseint(", 30),
                ("require(", 30),
                ("module.exports", 60),
                ("console.log(", 50),
                ("math.", 15),
                ("json.parse", 30),
                ("json.stringify", 30),
                (".prototype", 40),
                ("return ", 10),
                (".split(", 20),
                (".replace(", 20),
                (".join(", 20),
                ("try{", 20),
                ("try {", 15),
                ("catch(", 15),
                ("catch (", 15),
                ("this.", 10),
                ("!function", 80),
                ("(function", 60),
                ("addeventlistener", 40),
                (".length", 15),
                ("settimeout(", 40),
                ("new array", 30),
                ("new date", 15),
                ("jquery", 20),
                ("$(", 20),
                ("'use strict'", 60),
                ("\"use strict\"", 60),
                ("export default", 50),
                ("activexobject(", 80),
                ("async function", 50),
                ("new function(", 60)
            ),
            Set(
                "var let const function if else for while do switch case default try catch finally return throw new this break continue eval import export class async await delete typeof void with"
            ),
            Lines("//"),
            [("/*"u8.ToArray(), "*/"u8.ToArray())],
            ";{}()"u8.ToArray()
        );

    private static ScriptSigns Python() =>
        new(
            new(FileType.Script, "py", ["py", "pyw", "txt"]),
            65,
            Weigh(
                ("if __name__", 80),
                ("\ndef ", 35),
                ("\nimport ", 25),
                ("\nfrom ", 15),
                (" import ", 20),
                ("print(", 20),
                ("elif ", 25),
                ("self.", 25),
                ("\nexcept", 25),
                ("lambda ", 15),
                ("exec(", 30),
                ("base64.b64decode", 50),
                ("subprocess.", 50),
                ("os.", 10),
                ("sys.", 15),
                ("):\n", 25),
                ("):\r\n", 25),
                ("__init__", 50),
                ("range(", 20),
                (".append(", 20),
                (".format(", 15),
                (" in range(", 30),
                ("import os", 40),
                ("import sys", 40),
                ("import socket", 50),
                ("\nwith open(", 50),
                ("import base64", 50)
            ),
            Set(
                "import from def class if elif else for while try except finally with return print raise pass break continue global assert yield lambda del async await exec"
            ),
            Lines("#"),
            [
                ("\"\"\""u8.ToArray(), "\"\"\""u8.ToArray()),
                ("'''"u8.ToArray(), "'''"u8.ToArray()),
                ("r\"\"\""u8.ToArray(), "\"\"\""u8.ToArray()),
            ],
            "()[]:="u8.ToArray()
        );
}
