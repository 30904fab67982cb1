using System.Globalization;
using System.Text;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>
/// An answer to the client. Nothing that the client said is ever repeated in one, and its constructor refuses what could end a line: an
/// answer cannot be made to look like two.
/// </summary>
internal sealed class SmtpReply
{
    private readonly byte[] _bytes;

    /// <summary>An answer of one or several lines.</summary>
    /// <param name="code">Three digits (RFC 5321 4.2).</param>
    /// <param name="enhanced">Enhanced status code (RFC 2034, RFC 3463); empty where none belongs (EHLO, greeting, 354).</param>
    /// <param name="lines">Printable ASCII.</param>
    public SmtpReply(int code, string enhanced, params ReadOnlySpan<string> lines)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(lines.Length, 1);
        Code = code;
        var text = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].AsSpan().ContainsAnyExceptInRange(' ', '~') || enhanced.AsSpan().ContainsAnyExceptInRange('.', '9'))
            {
                throw new ArgumentException("an answer holds printable ASCII only", nameof(lines));
            }

            text.Append(CultureInfo.InvariantCulture, $"{code:000}").Append(i < lines.Length - 1 ? '-' : ' ');
            text.Append(enhanced).Append(enhanced.Length > 0 ? " " : "").Append(lines[i]).Append("\r\n");
        }

        _bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Three digits.</summary>
    public int Code { get; }

    /// <summary>The client did something wrong, or was told no for good.</summary>
    public bool IsError => Code >= 500;

    /// <summary>The bytes on the wire.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes;
}

/// <summary>All answers but the greeting and the one to EHLO: constants, so the same event is always the same bytes.</summary>
internal static class SmtpReplies
{
    public static readonly SmtpReply Ok = new(250, "2.0.0", "Ok");
    public static readonly SmtpReply Bye = new(221, "2.0.0", "Bye");
    public static readonly SmtpReply Help = new(214, "2.0.0", "See RFC 5321");
    public static readonly SmtpReply CannotVerify = new(252, "2.5.0", "Cannot verify; send a mail to try");
    public static readonly SmtpReply SenderOk = new(250, "2.1.0", "Sender ok");
    public static readonly SmtpReply RecipientOk = new(250, "2.1.5", "Recipient ok");
    public static readonly SmtpReply StartData = new(354, "", "Start mail input; end with <CRLF>.<CRLF>");
    public static readonly SmtpReply ChunkOk = new(250, "2.0.0", "Chunk received");
    public static readonly SmtpReply Accepted = new(250, "2.0.0", "Received and kept");
    public static readonly SmtpReply StartTls = new(220, "2.0.0", "Ready to start TLS");
    public static readonly SmtpReply AuthenticationOk = new(235, "2.7.0", "Authentication succeeded");
    public static readonly SmtpReply AskUser = new(334, "", "VXNlcm5hbWU6");
    public static readonly SmtpReply AskPassword = new(334, "", "UGFzc3dvcmQ6");
    public static readonly SmtpReply AskPlain = new(334, "", "");

    public static readonly SmtpReply ShuttingDown = new(421, "4.3.2", "Closing; try again later");
    public static readonly SmtpReply TimedOut = new(421, "4.4.2", "Timeout; closing");
    public static readonly SmtpReply TooSlow = new(421, "4.4.2", "Too slow; closing");
    public static readonly SmtpReply TooManyErrors = new(421, "4.7.0", "Too many errors; closing");
    public static readonly SmtpReply EnoughForNow = new(421, "4.7.0", "Enough for one connection; connect again");
    public static readonly SmtpReply TooManyConnections = new(421, "4.7.0", "Too many connections; try again later");
    public static readonly SmtpReply TryAgain = new(451, "4.3.0", "Not stored; try again later");
    public static readonly SmtpReply NoRoom = new(452, "4.3.1", "No room now; try again later");
    public static readonly SmtpReply TooManyRecipients = new(452, "4.5.3", "Too many recipients");

    public static readonly SmtpReply Unknown = new(500, "5.5.1", "Command not recognised");
    public static readonly SmtpReply LineTooLong = new(500, "5.5.2", "Line too long; closing");
    public static readonly SmtpReply BareLineEnd = new(500, "5.5.2", "Lines end with CRLF; closing");
    public static readonly SmtpReply Syntax = new(501, "5.5.4", "Syntax error in parameters");
    public static readonly SmtpReply BadAddress = new(501, "5.1.3", "Syntax error in address");
    public static readonly SmtpReply NotImplemented = new(502, "5.5.1", "Command not implemented");
    public static readonly SmtpReply BadSequence = new(503, "5.5.1", "Bad sequence of commands");
    public static readonly SmtpReply UnknownParameter = new(555, "5.5.4", "Parameter not recognised");
    public static readonly SmtpReply NeedsUtf8 = new(553, "5.6.7", "Address needs SMTPUTF8");
    public static readonly SmtpReply MustStartTls = new(530, "5.7.0", "Must issue a STARTTLS command first");
    public static readonly SmtpReply AuthenticationNeedsTls = new(538, "5.7.11", "Encryption required for authentication");
    public static readonly SmtpReply AuthenticationFailed = new(535, "5.7.8", "Authentication credentials invalid");
    public static readonly SmtpReply AuthenticationCancelled = new(501, "5.7.0", "Authentication cancelled");
    public static readonly SmtpReply UnknownMechanism = new(504, "5.5.4", "Mechanism not supported");
    public static readonly SmtpReply TlsUnavailable = new(454, "4.7.0", "TLS not available now");

    /// <summary>The one answer to every recipient that is none: unknown, revoked, of another domain.</summary>
    public static readonly SmtpReply NoSuchRecipient = new(550, "5.1.1", "Recipient not accepted");
    public static readonly SmtpReply TooLarge = new(552, "5.3.4", "Message too large");
    public static readonly SmtpReply NoRecipients = new(554, "5.5.1", "No valid recipients");
    public static readonly SmtpReply Refused = new(554, "5.7.1", "Not accepted");
}
