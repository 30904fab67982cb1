using System.Buffers;

namespace Noroshi.MailAnatomy.FileTypes.Scripts;

/// <summary>What a call does.</summary>
internal enum ScriptDeed
{
    /// <summary>Fetches something.</summary>
    Download,

    /// <summary>Starts something.</summary>
    Execute,

    /// <summary>Turns data into code or bytes.</summary>
    Decode,

    /// <summary>Stays on the machine.</summary>
    Persist,

    /// <summary>Hides or switches protection off.</summary>
    Evade,
}

/// <summary>Words by which scripts fetch, run and hide things, whatever the language.</summary>
internal static class ScriptCalls
{
    private const int MaxHits = 4_000;

    private static readonly Dictionary<string, ScriptDeed> Deeds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["URLDownloadToFile"] = ScriptDeed.Download,
        ["XMLHTTP"] = ScriptDeed.Download,
        ["WinHttpRequest"] = ScriptDeed.Download,
        ["InternetExplorer.Application"] = ScriptDeed.Download,
        ["DownloadString"] = ScriptDeed.Download,
        ["DownloadFile"] = ScriptDeed.Download,
        ["DownloadData"] = ScriptDeed.Download,
        ["Invoke-WebRequest"] = ScriptDeed.Download,
        ["Invoke-RestMethod"] = ScriptDeed.Download,
        ["Start-BitsTransfer"] = ScriptDeed.Download,
        ["Net.WebClient"] = ScriptDeed.Download,
        ["System.Net.Http"] = ScriptDeed.Download,
        ["bitsadmin"] = ScriptDeed.Download,
        ["-urlcache"] = ScriptDeed.Download,
        ["/urlcache"] = ScriptDeed.Download,
        ["curl "] = ScriptDeed.Download,
        ["curl.exe"] = ScriptDeed.Download,
        ["wget "] = ScriptDeed.Download,
        ["urllib"] = ScriptDeed.Download,
        ["requests.get"] = ScriptDeed.Download,
        ["ADODB.Stream"] = ScriptDeed.Download,
        ["WScript.Shell"] = ScriptDeed.Execute,
        ["Shell.Application"] = ScriptDeed.Execute,
        ["ShellExecute"] = ScriptDeed.Execute,
        ["Invoke-Expression"] = ScriptDeed.Execute,
        ["IEX("] = ScriptDeed.Execute,
        ["IEX "] = ScriptDeed.Execute,
        ["|IEX"] = ScriptDeed.Execute,
        ["Start-Process"] = ScriptDeed.Execute,
        ["Win32_Process"] = ScriptDeed.Execute,
        ["mshta"] = ScriptDeed.Execute,
        ["rundll32"] = ScriptDeed.Execute,
        ["regsvr32"] = ScriptDeed.Execute,
        ["wmic process call"] = ScriptDeed.Execute,
        ["msiexec"] = ScriptDeed.Execute,
        ["powershell"] = ScriptDeed.Execute,
        ["cmd.exe"] = ScriptDeed.Execute,
        ["cmd /c"] = ScriptDeed.Execute,
        ["cscript"] = ScriptDeed.Execute,
        ["wscript.exe"] = ScriptDeed.Execute,
        ["subprocess"] = ScriptDeed.Execute,
        ["os.system"] = ScriptDeed.Execute,
        ["Reflection.Assembly"] = ScriptDeed.Execute,
        ["VirtualAlloc"] = ScriptDeed.Execute,
        ["CreateThread"] = ScriptDeed.Execute,
        ["eval("] = ScriptDeed.Decode,
        ["ExecuteGlobal"] = ScriptDeed.Decode,
        ["FromBase64String"] = ScriptDeed.Decode,
        ["atob("] = ScriptDeed.Decode,
        ["unescape("] = ScriptDeed.Decode,
        ["fromCharCode"] = ScriptDeed.Decode,
        ["certutil"] = ScriptDeed.Decode,
        ["bin.base64"] = ScriptDeed.Decode,
        ["b64decode"] = ScriptDeed.Decode,
        ["DeflateStream"] = ScriptDeed.Decode,
        ["GzipStream"] = ScriptDeed.Decode,
        ["schtasks"] = ScriptDeed.Persist,
        ["CurrentVersion\\Run"] = ScriptDeed.Persist,
        ["RegWrite"] = ScriptDeed.Persist,
        ["New-ScheduledTask"] = ScriptDeed.Persist,
        ["reg add"] = ScriptDeed.Persist,
        ["-WindowStyle Hidden"] = ScriptDeed.Evade,
        ["-w hidden"] = ScriptDeed.Evade,
        ["ExecutionPolicy Bypass"] = ScriptDeed.Evade,
        ["-ep bypass"] = ScriptDeed.Evade,
        ["Set-MpPreference"] = ScriptDeed.Evade,
        ["vssadmin"] = ScriptDeed.Evade,
        ["AmsiUtils"] = ScriptDeed.Evade,
    };

    private static readonly SearchValues<string> Words = SearchValues.Create([.. Deeds.Keys], StringComparison.OrdinalIgnoreCase);
    private static readonly string[] ByLength =
    [
        .. Deeds.Keys.OrderByDescending(word => word.Length).ThenBy(word => word, StringComparer.Ordinal),
    ];

    /// <summary>Adds the words of the text.</summary>
    public static void Find(ReadOnlySpan<char> text, SortedDictionary<string, ScriptDeed> found)
    {
        for (var hits = 0; hits < MaxHits && found.Count < Deeds.Count; hits++)
        {
            var at = text.IndexOfAny(Words);
            if (at < 0)
            {
                return;
            }

            text = text[at..];
            foreach (var word in ByLength)
            {
                if (text.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                {
                    found[word.Trim()] = Deeds[word];
                    break;
                }
            }

            text = text[1..];
        }
    }
}
