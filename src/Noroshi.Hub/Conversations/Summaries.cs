using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Conversations;

/// <summary>One sentence for each message, in the manner of Table 1: what an outsider may read, without names, addresses or times.</summary>
internal sealed class Summaries
{
    private readonly IReadOnlyList<ExchangeEntry> _entries;
    private readonly Func<int, string> _label;
    private readonly int[] _sentBefore;
    private readonly int[] _attackBefore;
    private readonly Dictionary<int, Adaptation> _adapted;
    private readonly int _first;

    /// <summary>Looks over an exchange once.</summary>
    /// <param name="entries">Messages with roles, in order.</param>
    /// <param name="label">Label of a message by its place.</param>
    public Summaries(IReadOnlyList<ExchangeEntry> entries, Func<int, string> label)
    {
        _entries = entries;
        _label = label;
        _sentBefore = new int[entries.Count];
        _attackBefore = new int[entries.Count];
        _first = -1;
        var (sent, last) = (0, -1);
        for (var i = 0; i < entries.Count; i++)
        {
            (_sentBefore[i], _attackBefore[i]) = (sent, last);
            _first = _first < 0 && entries[i].FromOutsider ? i : _first;
            if (entries[i].Role == MessageRole.Attack && entries[i].Files.Any())
            {
                (sent, last) = (sent + 1, i);
            }
        }

        _adapted = Adaptation.In(entries).ToDictionary(one => one.After);
    }

    /// <summary>Sentences for the message at a place of an exchange.</summary>
    public static (string Ja, string En) Of(IReadOnlyList<ExchangeEntry> entries, int at, Func<int, string> label) =>
        new Summaries(entries, label).Of(at);

    /// <summary>Sentences for the message at a place.</summary>
    public (string Ja, string En) Of(int at) =>
        _entries[at].Role switch
        {
            MessageRole.Attack => OfAttack(at),
            MessageRole.Reply => OfReply(at),
            MessageRole.Reconnaissance => OfReconnaissance(at),
            MessageRole.Other => OfOther(_entries[at], at == _first),
        };

    private (string Ja, string En) OfReconnaissance(int at)
    {
        var entry = _entries[at];
        if (entry.Has(Intent.WhichUnarchiver))
        {
            return ("使っている解凍ソフトを尋ねるメールが、攻撃者から届いた。", "The attacker asked which unarchiver the window uses.");
        }

        var (topicJa, topicEn) = Topic.Of(entry);
        if (at == _first)
        {
            return entry.Has(Intent.WindowCheck) && !entry.Has(Intent.Inquiry)
                ? ("窓口の確認を装い、最初のメールが届いた。", "The first mail arrived, asking whether this is the right window.")
                : ($"{topicJa}問い合わせとして、最初のメールが届いた。", $"The first mail arrived as an inquiry{topicEn}.");
        }

        return entry.Has(Intent.Environment)
                ? ("利用している環境を尋ねるメールが、攻撃者から届いた。", "The attacker asked about the window's computers.")
            : entry.Has(Intent.Reminder) ? ("返答を促すメールが、攻撃者から届いた。", "The attacker sent a reminder.")
            : entry.Has(Intent.WhoElse)
                ? ("ほかの担当者や窓口を尋ねるメールが、攻撃者から届いた。", "The attacker asked for another person or window.")
            : entry.Has(Intent.Presence)
                ? ("担当者の在席を確かめるメールが、攻撃者から届いた。", "The attacker asked whether somebody is there.")
            : entry.Has(Intent.SendLater)
                ? ("資料を後から送ると告げるメールが、攻撃者から届いた。", "The attacker announced material to be sent later.")
            : ("添付ファイルのないメールが、攻撃者から再び届いた。", "Another mail without an attachment arrived from the attacker.");
    }

    private (string Ja, string En) OfReply(int at)
    {
        var entry = _entries[at];
        if (entry.Has(Intent.UnarchiverAnswer) && NamedUnarchiver.In(entry.Written) is { } program)
        {
            return ($"解凍には「{program}」を使ったと返信した。", $"The window answered that it uses {program}.");
        }

        var what = _attackBefore[at] is >= 0 and var attack ? DocumentKind.Of(_entries[attack]) : ("ファイル", "file");
        return entry.Has(Intent.CannotOpen)
                ? (
                    $"届いた{what.Item1}の中身を確かめられなかった、と返信した。",
                    $"The window answered that the {what.Item2} could not be read."
                )
            : entry.Has(Intent.RefuseAttachment)
                ? ("添付ファイルは受け取れないと返信した。", "The window answered that it does not take attachments.")
            : entry.Has(Intent.Password) ? ("パスワードについて返信した。", "The window answered about the password.")
            : ("窓口が回答した。", "The window answered.");
    }

    private (string Ja, string En) OfAttack(int at)
    {
        var entry = _entries[at];
        if (!entry.Files.Any() && entry.Has(Intent.Password))
        {
            return ("添付ファイルを開くパスワードを知らせるメールが届いた。", "A mail with the password of the attachment arrived.");
        }

        if (!entry.Files.Any())
        {
            return ("不審なリンクを記したメールが届いた。", "A mail with a suspicious link arrived.");
        }

        var (kindJa, kindEn) = DocumentKind.Of(entry);
        var claim = ClaimedDocument.In(entry);
        var times = _sentBefore[at];
        var again = entry.Has(Intent.ReSend) || times > 0;
        var pretextJa =
            claim is null ? (again ? "再送付を名目に" : "資料の送付を名目に")
            : again ? $"「{claim}」の再送付を名目に"
            : $"「{claim}」の送付を名目に";
        var pretextEn =
            claim is null ? (again ? "sent again" : "sent as material")
            : again ? $"presented as “{claim}” sent again"
            : $"presented as “{claim}”";
        var ja = $"{(times > 1 ? "もう一度、" : "")}{pretextJa}、{(times == 1 ? "次は" : "")}{kindJa}を添付したメールが届いた。";
        var en =
            $"A mail arrived with {WithArticle(kindEn)}, {(times > 1 ? pretextEn.Replace("sent again", "sent once again", StringComparison.Ordinal) : pretextEn)}.";
        if (_adapted.GetValueOrDefault(at) is { Program: { } program, OpensAfter: true, OpensBefore: not true } adaptation)
        {
            ja += $"{_label(adaptation.Before)}のものと異なり、「{program}」で解凍できる形式に変わっていた。";
            en += $" Unlike that of {_label(adaptation.Before)}, it opens in {program}.";
        }

        return (ja, en);
    }

    private static string WithArticle(string kind) =>
        kind.StartsWith("LZH", StringComparison.Ordinal) || (kind.Length > 0 && "AEIOaeio".Contains(kind[0])) ? $"an {kind}" : $"a {kind}";

    private static (string Ja, string En) OfOther(ExchangeEntry entry, bool first) =>
        entry.Automatic ? ("自動応答のメール。", "An automatic mail.")
        : entry.Stated is { Kind: "phone" } ? ("電話でのやり取りがあった(申告)。", "There was a telephone call (stated).")
        : entry.Stated is { Kind: "opened" } ? ("添付ファイルを開いた(申告)。", "The attachment was opened (stated).")
        : entry.Direction == Intake.MailDirection.Internal ? ("組織内での転送。", "A forward within the organisation.")
        : entry is { FromOutsider: true } && entry.Files.Any(file => file.Type == FileType.EncryptedUnopened)
            ? (
                "中身を確かめられない、暗号化されたファイルを添付したメールが届いた。",
                "A mail arrived with a locked file that could not be read."
            )
        : first ? ("最初のメールが届いた。", "The first mail arrived.")
        : ("メールが届いた。", "A mail arrived.");
}

/// <summary>What an inquiry is about, in words that name nobody.</summary>
internal static class Topic
{
    private static readonly (string[] Marks, string Ja, string En)[] Topics =
    [
        (["採用", "応募", "求人", "履歴書", "recruit", "job opening", "resume"], "採用に関する", " about a job"),
        (["取材", "掲載", "記者", "press", "interview"], "取材に関する", " about an interview"),
        (["不具合", "故障", "クレーム", "苦情", "defect", "malfunction"], "不具合に関する", " about a defect"),
        (["製品", "商品", "カタログ", "仕様", "product", "catalogue"], "製品に関する", " about a product"),
        (["論文", "共同研究", "研究", "research"], "研究に関する", " about research"),
        (["イベント", "セミナー", "展示会", "講演", "seminar", "exhibition"], "催しに関する", " about an event"),
        (["報告", "脆弱性", "情報提供", "vulnerability"], "情報提供に関する", " about a report"),
    ];

    /// <summary>The topic whose words stand first; empty words when none does.</summary>
    public static (string Ja, string En) Of(ExchangeEntry entry)
    {
        var text = $"{entry.Mail?.Facts.Subject}\n{entry.Written}";
        return Topics
            .Select(topic => (topic.Ja, topic.En, At: topic.Marks.Min(mark => IndexOf(text, mark))))
            .Where(topic => topic.At < int.MaxValue)
            .OrderBy(topic => topic.At)
            .Select(topic => (topic.Ja, topic.En))
            .FirstOrDefault(("", ""));
    }

    private static int IndexOf(string text, string mark) =>
        text.IndexOf(mark, StringComparison.OrdinalIgnoreCase) is >= 0 and var at ? at : int.MaxValue;
}

/// <summary>What is attached, in words for people.</summary>
internal static class DocumentKind
{
    /// <summary>The first attachment that is more than decoration.</summary>
    public static (string Ja, string En) Of(ExchangeEntry entry)
    {
        var files = entry.Attached;
        var file =
            files.FirstOrDefault(one => one.Type is not (FileType.Image or FileType.Html or FileType.Other))
            ?? (files.Count > 0 ? files[0] : null);
        if (file is null)
        {
            return ("ファイル", "file");
        }

        var locked = file.Encrypted || file.HeaderEncrypted || file.Children.Any(child => child.Encrypted);
        var (ja, en) = file.Format switch
        {
            "rar4" or "rar5" or "rar" => ("RAR圧縮ファイル", "RAR archive"),
            "zip" => ("ZIP圧縮ファイル", "ZIP archive"),
            "lzh" => ("LZH圧縮ファイル", "LZH archive"),
            "7z" => ("7z圧縮ファイル", "7z archive"),
            "doc" or "docx" or "docm" or "rtf" => ("Word文書ファイル", "Word document"),
            "xls" or "xlsx" or "xlsm" => ("Excel文書ファイル", "Excel workbook"),
            "ppt" or "pptx" => ("PowerPoint文書ファイル", "PowerPoint file"),
            "pdf" => ("PDFファイル", "PDF file"),
            "lnk" => ("ショートカットファイル", "shortcut"),
            _ => file.Type switch
            {
                FileType.Justsystems => ("一太郎文書ファイル", "Ichitaro document"),
                FileType.Executable => ("実行形式ファイル", "program"),
                FileType.Archive => ("圧縮ファイル", "archive"),
                FileType.DiskImage => ("ディスクイメージ", "disk image"),
                FileType.Script => ("スクリプトファイル", "script"),
                FileType.Html => ("HTMLファイル", "HTML file"),
                FileType.Office => ("Office文書ファイル", "Office document"),
                FileType.Pdf => ("PDFファイル", "PDF file"),
                FileType.Shortcut => ("ショートカットファイル", "shortcut"),
                FileType.Image => ("画像ファイル", "image"),
                FileType.Mail => ("メール", "mail"),
                FileType.EncryptedUnopened => ("暗号化された圧縮ファイル", "locked archive"),
                FileType.Other => ("ファイル", "file"),
            },
        };
        return locked && file.Type is not FileType.EncryptedUnopened ? ($"パスワード付き{ja}", $"password-protected {en}") : (ja, en);
    }
}
