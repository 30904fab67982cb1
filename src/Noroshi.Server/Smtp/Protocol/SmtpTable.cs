namespace Noroshi.Server.Smtp.Protocol;

/// <summary>Where a session is.</summary>
internal enum SmtpState
{
    /// <summary>Connected, or TLS just begun: nobody has introduced itself.</summary>
    Start,

    /// <summary>Introduced; no mail under way.</summary>
    Ready,

    /// <summary>MAIL was accepted, no recipient yet.</summary>
    Mail,

    /// <summary>At least one recipient was accepted.</summary>
    Recipients,

    /// <summary>Some chunks of the mail are here (RFC 3030).</summary>
    Chunks,
}

/// <summary>Words of the protocol.</summary>
internal enum SmtpVerb
{
    Unknown,
    Helo,
    Ehlo,
    Mail,
    Rcpt,
    Data,
    Bdat,
    Rset,
    Noop,
    Vrfy,
    Expn,
    Help,
    Quit,
    StartTls,
    Auth,
}

/// <summary>What is done with a command.</summary>
internal enum SmtpAction
{
    /// <summary>500.</summary>
    Unknown,

    /// <summary>502.</summary>
    NotImplemented,

    /// <summary>503.</summary>
    BadSequence,

    /// <summary>503 or 554 after the announced bytes have been read and thrown away.</summary>
    SkipChunk,

    /// <summary>554: DATA while every recipient was refused.</summary>
    NoRecipients,
    Greet,
    BeginMail,
    AddRecipient,
    ReadData,
    ReadChunk,
    Reset,
    Nothing,
    Verify,
    Help,
    Quit,
    StartTls,
    Authenticate,
}

/// <summary>The protocol (RFC 5321 4.1.4, RFC 3030, RFC 3207 4.2, RFC 4954 3) as one table: command by state.</summary>
internal static class SmtpTable
{
    private const SmtpAction No = SmtpAction.BadSequence;

    /// <summary>Columns in the order of <see cref="SmtpState"/>: start, ready, mail, recipients, chunks.</summary>
    private static readonly Dictionary<SmtpVerb, SmtpAction[]> Rows = new()
    {
        [SmtpVerb.Unknown] = All(SmtpAction.Unknown),
        [SmtpVerb.Helo] = All(SmtpAction.Greet),
        [SmtpVerb.Ehlo] = All(SmtpAction.Greet),
        [SmtpVerb.Mail] = [No, SmtpAction.BeginMail, No, No, No],
        [SmtpVerb.Rcpt] = [No, No, SmtpAction.AddRecipient, SmtpAction.AddRecipient, No],
        [SmtpVerb.Data] = [No, No, SmtpAction.NoRecipients, SmtpAction.ReadData, No],
        [SmtpVerb.Bdat] = [SmtpAction.SkipChunk, SmtpAction.SkipChunk, SmtpAction.SkipChunk, SmtpAction.ReadChunk, SmtpAction.ReadChunk],
        [SmtpVerb.Rset] = All(SmtpAction.Reset),
        [SmtpVerb.Noop] = All(SmtpAction.Nothing),
        [SmtpVerb.Vrfy] = All(SmtpAction.Verify),
        [SmtpVerb.Expn] = All(SmtpAction.NotImplemented),
        [SmtpVerb.Help] = All(SmtpAction.Help),
        [SmtpVerb.Quit] = All(SmtpAction.Quit),
        [SmtpVerb.StartTls] = [No, SmtpAction.StartTls, No, No, No],
        [SmtpVerb.Auth] = [No, SmtpAction.Authenticate, No, No, No],
    };

    /// <summary>What to do.</summary>
    public static SmtpAction Look(SmtpState state, SmtpVerb verb) => Rows[verb][(int)state];

    private static SmtpAction[] All(SmtpAction action) => [action, action, action, action, action];
}
