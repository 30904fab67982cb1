using System.Globalization;
using Noroshi.Hub;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Stix;

/// <summary>Words for people and names for machines of what an item holds.</summary>
internal static class StixWords
{
    /// <summary>What an indicator is.</summary>
    public static Words Kind(IndicatorKind kind) =>
        kind switch
        {
            IndicatorKind.Sender => new("送信元メールアドレス", "Sender address"),
            IndicatorKind.Ip => new("IPアドレス", "IP address"),
            IndicatorKind.Host => new("ホスト名", "Host name"),
            IndicatorKind.Url => new("URL", "URL"),
            IndicatorKind.Sha256 => new("ファイルのSHA-256", "SHA-256 of a file"),
            IndicatorKind.Sha1 => new("ファイルのSHA-1", "SHA-1 of a file"),
            IndicatorKind.Md5 => new("ファイルのMD5", "MD5 of a file"),
            IndicatorKind.FileName => new("ファイル名", "File name"),
            IndicatorKind.Subject => new("件名", "Subject"),
            IndicatorKind.MessageId => new("Message-ID", "Message-ID"),
        };

    /// <summary>Its part in the attack.</summary>
    public static Words Role(IndicatorRole role) =>
        role switch
        {
            IndicatorRole.Delivery => new("メールの送付に使われたもの", "used to deliver the mail"),
            IndicatorRole.Sample => new("検体", "a malicious file"),
            IndicatorRole.Destination => new("不正接続先", "a malicious destination"),
        };

    /// <summary>Name of the value in files.</summary>
    public static string Name(WindowKind kind) =>
        kind switch
        {
            WindowKind.ContactWindow => "contact-window",
            WindowKind.Other => "other",
        };

    /// <summary>Name of the value in files.</summary>
    public static string Name(CountBucket bucket) =>
        bucket switch
        {
            CountBucket.One => "1",
            CountBucket.Few => "2-5",
            CountBucket.Several => "6-20",
            CountBucket.Many => ">20",
        };

    /// <summary>Name of the value in files.</summary>
    public static string Name(TimePrecision precision) =>
        precision switch
        {
            TimePrecision.Minute => "minute",
            TimePrecision.Hour => "hour",
            TimePrecision.Day => "day",
        };

    /// <summary>Name of the value in files.</summary>
    public static string Name(MessageSource source) =>
        source switch
        {
            MessageSource.Mail => "mail",
            MessageSource.Quote => "quote",
            MessageSource.Stated => "stated",
        };

    /// <summary>Name of the value in files.</summary>
    public static string Name(ConversationStage stage) =>
        stage switch
        {
            ConversationStage.Reconnaissance => "reconnaissance",
            ConversationStage.Replied => "replied",
            ConversationStage.Attacked => "attacked",
        };

    /// <summary>Name of the value in files.</summary>
    public static string Name(MessageRole role) =>
        role switch
        {
            MessageRole.Other => "other",
            MessageRole.Reconnaissance => "reconnaissance",
            MessageRole.Reply => "reply",
            MessageRole.Attack => "attack",
        };

    /// <summary>種別 of a row.</summary>
    public static Words Said(MessageRole role) =>
        role switch
        {
            MessageRole.Other => new("その他", "other"),
            MessageRole.Reconnaissance => new("偵察", "reconnaissance"),
            MessageRole.Reply => new("返信", "reply"),
            MessageRole.Attack => new("攻撃", "attack"),
        };

    /// <summary>How far an exchange went.</summary>
    public static Words Said(ConversationStage stage) =>
        stage switch
        {
            ConversationStage.Reconnaissance => new("偵察のみ", "reconnaissance only"),
            ConversationStage.Replied => new("返信まで", "up to a reply"),
            ConversationStage.Attacked => new("攻撃あり", "an attack took place"),
        };

    /// <summary>Whether a destination is an abused site.</summary>
    public static Words Said(HijackedSite hijacked) =>
        hijacked switch
        {
            HijackedSite.No => new("", ""),
            HijackedSite.Suspected or HijackedSite.Confirmed => new(
                "正規のサイトが悪用されていたと思われるため、恒久的な遮断は避けてください。",
                "A legitimate site that appears to have been abused: do not block it for ever."
            ),
        };

    /// <summary>An interval in days, hours and minutes.</summary>
    public static Words Interval(long? seconds)
    {
        if (seconds is not { } known)
        {
            return new("間隔不明", "interval unknown");
        }

        var span = TimeSpan.FromMinutes(Math.Clamp(known / 60, 0, 60L * 24 * 36_500));
        var (days, hours, minutes) = (span.Days, span.Hours, span.Minutes);
        var ja =
            $"{(days > 0 ? $"{days}日" : "")}{(hours > 0 ? $"{hours}時間" : "")}{(minutes > 0 || span.TotalHours < 1 ? $"{minutes}分" : "")}後";
        var en = string.Join(
            ' ',
            new[] { (days, "d"), (hours, "h"), (minutes, "min") }
                .Where(one => one.Item1 > 0)
                .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Item1} {one.Item2}"))
        );
        return new(ja, (en.Length == 0 ? "0 min" : en) + " later");
    }

    /// <summary>The day until which an item is to be acted on, Japan.</summary>
    public static string Jst(DateTimeOffset at) =>
        at.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " JST";
}
