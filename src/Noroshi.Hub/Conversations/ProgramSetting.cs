using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.MailAnatomy.Text;
using Noroshi.MailAnatomy.Text.Charsets;

namespace Noroshi.Hub.Conversations;

/// <summary>
/// Whether a mail sends its programs openly. Suppliers send self-extractors and updates, customers send scripts among their logs; what
/// separates them from an attack is that the mail says what it brings, that nothing about the file pretends to be something else, that a
/// self-extractor holds documents alone, and that a program comes from a domain that somebody answers for (attackers of windows wrote from free mail in 86 of 100 cases).
/// </summary>
internal sealed class ProgramSetting
{
    private const int DeepestPath = 64;

    private static readonly string[] Declaring =
    [
        "実行形式",
        "実行ファイル",
        "自己解凍",
        "自己展開",
        "自己復号",
        "自動展開",
        "自動解凍",
        "exe",
        "インストーラ",
        "セットアップ",
        "更新プログラム",
        "修正プログラム",
        "更新ツール",
        "ファームウェア",
        "ドライバ",
        "パッチ",
        "installer",
        "executable",
        "self-extract",
        "self extract",
        "setup program",
        "firmware",
        "driver",
        "update tool",
        "patch",
    ];

    private static readonly string[] Documents =
    [
        ".doc",
        ".docx",
        ".xls",
        ".xlsx",
        ".ppt",
        ".pptx",
        ".pdf",
        ".jtd",
        ".txt",
        ".csv",
        ".jpg",
        ".png",
        ".tif",
        ".dwg",
        ".dxf",
    ];

    private static readonly string[] DeclaringScripts =
    [
        "スクリプト",
        "バッチ",
        "ソースコード",
        "ソース一式",
        "サンプルコード",
        "プログラム",
        "マクロ",
        "ログ",
        "script",
        "source",
        "batch",
        "code",
        "log",
        "patch",
    ];

    private static readonly string[] DeclaringMacros = ["マクロ", "自動計算", "自動集計", "集計されます", "ボタン", "macro"];

    private static readonly string[] Reporting =
    [
        "不審",
        "怪しい",
        "あやしい",
        "迷惑メール",
        "なりすまし",
        "フィッシング",
        "ウイルス",
        "貴社を名乗",
        "御社を名乗",
        "を騙",
        "をかた",
        "suspicious",
        "phishing",
        "spam",
        "pretend",
        "fake",
        "malicious",
    ];

    /// <summary>Calls that forms use too, to find the desktop or to open a folder.</summary>
    private static readonly string[] MildCalls = ["WScript.Shell", "Shell.Application"];

    private readonly bool _declared;
    private readonly bool _declaredMacros;
    private readonly bool _reports;
    private readonly bool _declaredScripts;
    private readonly bool _freeMail;

    private readonly bool _logs;
    private readonly HashSet<string> _programs;
    private readonly HashSet<string> _mails;

    private ProgramSetting(string written, bool freeMail, IReadOnlyList<FileFacts> files)
    {
        _declared = Has(written, Declaring);
        _declaredScripts = _declared || Has(written, DeclaringScripts);
        _declaredMacros = Has(written, DeclaringMacros);
        _reports = Has(written, Reporting);
        _freeMail = freeMail;
        _logs = files.Any(file => file.Format is "text" or "log" or "csv" && file.Path.Contains('/', StringComparison.Ordinal));
        _programs = PathsOf(files, FileType.Executable);
        _mails = PathsOf(files, FileType.Mail);
    }

    /// <summary>The setting of a mail.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="files">Every file in it.</param>
    public static ProgramSetting Of(ProvidedMail mail, IReadOnlyList<FileFacts> files)
    {
        ArgumentNullException.ThrowIfNull(mail);
        ArgumentNullException.ThrowIfNull(files);
        var written = UnicodeForms.Nfkc(mail.Facts.Form?.Message ?? mail.Facts.Body.Of(BlockKind.New));
        return new ProgramSetting(
            written,
            mail.Facts.Indicators.SenderService is MailServiceClass.Webmail or MailServiceClass.Disposable or MailServiceClass.Mobile,
            files
        );
    }

    /// <summary>Whether a file stands in a mail that the sender attached to show it.</summary>
    public bool IsReported(FileFacts file) => _reports && IsWithin(file, _mails);

    /// <summary>
    /// A form with macros whose only unusual call is one that forms use too, sent from a domain of its own by somebody who says that it has
    /// macros.
    /// </summary>
    public bool IsOpenMacro(Finding finding, FileFacts file)
    {
        ArgumentNullException.ThrowIfNull(finding);
        ArgumentNullException.ThrowIfNull(file);
        if (_freeMail || !_declaredMacros || finding.Code != FindingCodes.Macro.AutoRunProgram.Code || finding.Detail is not { } detail)
        {
            return false;
        }

        var end = detail.IndexOfAny([';', ':']);
        var calls = (end < 0 ? detail : detail[..end]).Split(", ");
        return calls.All(call => MildCalls.Contains(call, StringComparer.OrdinalIgnoreCase))
            && file.Findings.All(other => other == finding || other.Severity != Severity.Suspicious);
    }

    /// <summary>Whether a program or script is sent openly.</summary>
    public bool IsOpenly(FileFacts file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (file.Disguises.Count > 0 || file.Type == FileType.Shortcut)
        {
            return false;
        }

        if (file.Type == FileType.Script)
        {
            return IsOpenScript(file);
        }

        if (_freeMail || IsWithin(file, _programs))
        {
            // Nobody who means well packs a program into a self-extractor that is named after a document.
            return false;
        }

        return file.Children.Count > 0
            ? file.Children.All(IsDocument) && (_declared || file.Children.All(child => child.Type != FileType.EncryptedUnopened))
            : _declared && IsNamedAsProgram(file.Name);
    }

    private static HashSet<string> PathsOf(IReadOnlyList<FileFacts> files, FileType type) =>
        files.Where(file => file.Type == type).Select(file => file.Path).ToHashSet(StringComparer.Ordinal);

    /// <summary>Whether one of the containers of a file has one of these paths.</summary>
    private static bool IsWithin(FileFacts file, HashSet<string> containers)
    {
        if (containers.Count == 0)
        {
            return false;
        }

        var known = containers.GetAlternateLookup<ReadOnlySpan<char>>();
        var end = file.Path.LastIndexOf('/');
        for (var step = 0; end > 0 && step < DeepestPath; step++)
        {
            if (known.Contains(file.Path.AsSpan(0, end)))
            {
                return true;
            }

            end = file.Path.LastIndexOf('/', end - 1);
        }

        return false;
    }

    /// <summary>A document, by content where it can be looked into, by name where it is locked.</summary>
    private static bool IsDocument(FileFacts file) =>
        file.Type switch
        {
            FileType.Office or FileType.Justsystems or FileType.Pdf or FileType.Image => true,
            FileType.EncryptedUnopened => Documents.Any(extension => file.Name.EndsWith(extension, StringComparison.OrdinalIgnoreCase)),
            FileType.Other => file.Format == "text",
            FileType.Executable
            or FileType.Shortcut
            or FileType.Script
            or FileType.Html
            or FileType.Mail
            or FileType.Archive
            or FileType.DiskImage => false,
        };

    /// <summary>Programs bear technical names, or names that say what they do; a document's name in Japanese is a pretence.</summary>
    private static bool IsNamedAsProgram(string name)
    {
        var dot = name.LastIndexOf('.');
        var stem = dot > 0 ? name[..dot] : name;
        return stem.All(char.IsAscii) || Has(stem, Declaring) || stem.Contains("更新", StringComparison.Ordinal);
    }

    /// <summary>
    /// A script is read, not guessed at: findings in it speak for themselves. Without any, one for another system (<c>.sh</c>, <c>.py</c>) is
    /// never a trap for a window, and others are none when the mail says so or when they lie among logs.
    /// </summary>
    private bool IsOpenScript(FileFacts file)
    {
        if (file.Findings.Any(finding => finding.Severity == Severity.Suspicious))
        {
            return false;
        }

        if (file.Format is "sh" or "py" or "shell" or "python" or "perl" or "pl" or "rb" or "ruby")
        {
            return true;
        }

        // A name in Japanese is that of a document; nobody names a script so.
        var technical = file.Name.All(char.IsAscii);
        return technical && (_declaredScripts || _logs);
    }

    private static bool Has(string text, string[] words) =>
        Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
