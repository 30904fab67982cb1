using System.Globalization;
using Noroshi.Hub.Conversations;
using Noroshi.Hub.Sharing;

namespace Noroshi.Exchange.Texts;

/// <summary>Names of what an item is made of, as people read them.</summary>
internal static class ItemWords
{
    /// <summary>Kind of item.</summary>
    public static BothLanguages Kind(ItemKind kind) =>
        kind switch
        {
            ItemKind.Alert => new("注意喚起", "Alert"),
            ItemKind.FirstNotice => new("第一報(分析中)", "First notice (analysis in progress)"),
            ItemKind.Case => new("事例", "Case"),
            ItemKind.WindowMaterial => new("窓口向け資料", "Material for windows"),
        };

    /// <summary>Role of a message (種別).</summary>
    public static BothLanguages Role(MessageRole role) =>
        role switch
        {
            MessageRole.Reconnaissance => new("偵察", "reconnaissance"),
            MessageRole.Reply => new("返信", "reply"),
            MessageRole.Attack => new("攻撃", "attack"),
            MessageRole.Other => new("その他", "other"),
        };

    /// <summary>How a message is known.</summary>
    public static BothLanguages Source(MessageSource source) =>
        source switch
        {
            MessageSource.Mail => new("実メール", "mail"),
            MessageSource.Quote => new("引用", "quote"),
            MessageSource.Stated => new("申告", "stated"),
        };

    /// <summary>How far an exchange went.</summary>
    public static BothLanguages Stage(ConversationStage stage) =>
        stage switch
        {
            ConversationStage.Reconnaissance => new("偵察のみ", "reconnaissance only"),
            ConversationStage.Replied => new("返信まで", "up to a reply"),
            ConversationStage.Attacked => new("攻撃あり", "attacked"),
        };

    /// <summary>Kind of indicator.</summary>
    public static BothLanguages Kind(IndicatorKind kind) =>
        kind switch
        {
            IndicatorKind.Sender => new("差出人アドレス", "sender"),
            IndicatorKind.Ip => new("IPアドレス", "IP address"),
            IndicatorKind.Host => new("ホスト名", "host"),
            IndicatorKind.Url => new("URL", "URL"),
            IndicatorKind.Sha256 => new("SHA-256", "SHA-256"),
            IndicatorKind.Sha1 => new("SHA-1", "SHA-1"),
            IndicatorKind.Md5 => new("MD5", "MD5"),
            IndicatorKind.FileName => new("ファイル名", "file name"),
            IndicatorKind.Subject => new("件名", "subject"),
            IndicatorKind.MessageId => new("Message-ID", "Message-ID"),
        };

    /// <summary>Part of an indicator in the attack.</summary>
    public static BothLanguages Role(IndicatorRole role) =>
        role switch
        {
            IndicatorRole.Delivery => new("配送", "delivery"),
            IndicatorRole.Sample => new("検体", "sample"),
            IndicatorRole.Destination => new("不正接続先", "malicious destination"),
        };

    /// <summary>Whether an honest site was misused; texts never say that it was, only that it appears so (business rule 16).</summary>
    public static BothLanguages Hijacked(HijackedSite hijacked) =>
        hijacked switch
        {
            HijackedSite.No => BothLanguages.Empty,
            HijackedSite.Suspected => new(
                "正規サイトが悪用されていたと思われる(疑い)",
                "a legitimate site that appears to have been misused (suspected)"
            ),
            HijackedSite.Confirmed => new(
                "正規サイトが悪用されていたと思われる(管理者確認済み)",
                "a legitimate site that appears to have been misused (confirmed by its owner)"
            ),
        };

    /// <summary>Interval since the row before; seconds are never told.</summary>
    public static BothLanguages Gap(long? seconds)
    {
        if (seconds is not { } known)
        {
            return new("―", "-");
        }

        var minutes = known / 60;
        var (days, hours, rest) = (minutes / 1_440, minutes / 60 % 24, minutes % 60);
        var ja = string.Create(CultureInfo.InvariantCulture, $"{(days > 0 ? $"{days}日" : "")}{(hours > 0 ? $"{hours}時間" : "")}");
        var en = string.Create(CultureInfo.InvariantCulture, $"{(days > 0 ? $"{days} d " : "")}{(hours > 0 ? $"{hours} h " : "")}");
        return rest > 0 || minutes == 0
            ? new(
                ja + string.Create(CultureInfo.InvariantCulture, $"{rest}分"),
                en + string.Create(CultureInfo.InvariantCulture, $"{rest} min")
            )
            : new(ja, en.TrimEnd());
    }
}
