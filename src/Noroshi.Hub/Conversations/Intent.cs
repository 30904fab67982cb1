using System.Text.Json.Serialization;

namespace Noroshi.Hub.Conversations;

/// <summary>What a message is about, as far as conversational attacks go.</summary>
public enum Intent
{
    /// <summary>A question about a product, a job, a report (問い合わせ).</summary>
    [JsonStringEnumMemberName("inquiry")]
    Inquiry,

    /// <summary>Is this the right window? (窓口の確認)</summary>
    [JsonStringEnumMemberName("window-check")]
    WindowCheck,

    /// <summary>Is somebody there? (在席確認)</summary>
    [JsonStringEnumMemberName("presence")]
    Presence,

    /// <summary>Who else, which other window? (担当者・他窓口の聞き出し)</summary>
    [JsonStringEnumMemberName("who-else")]
    WhoElse,

    /// <summary>Material will be sent later.</summary>
    [JsonStringEnumMemberName("send-later")]
    SendLater,

    /// <summary>A file could not be opened.</summary>
    [JsonStringEnumMemberName("cannot-open")]
    CannotOpen,

    /// <summary>Which unarchiver do you use? (解凍ソフトの聞き出し)</summary>
    [JsonStringEnumMemberName("which-unarchiver")]
    WhichUnarchiver,

    /// <summary>What is on your computers, what gets through to you? (利用環境の聞き出し)</summary>
    [JsonStringEnumMemberName("environment")]
    Environment,

    /// <summary>We use this unarchiver.</summary>
    [JsonStringEnumMemberName("unarchiver-answer")]
    UnarchiverAnswer,

    /// <summary>We do not take attachments.</summary>
    [JsonStringEnumMemberName("refuse-attachment")]
    RefuseAttachment,

    /// <summary>The password of a file.</summary>
    [JsonStringEnumMemberName("password")]
    Password,

    /// <summary>The file once more.</summary>
    [JsonStringEnumMemberName("re-send")]
    ReSend,

    /// <summary>Have you read it yet? (催促)</summary>
    [JsonStringEnumMemberName("reminder")]
    Reminder,

    /// <summary>A machine wrote it.</summary>
    [JsonStringEnumMemberName("auto")]
    Auto,
}
