using System.Text;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>A line of the client taken apart: the verb and what follows it.</summary>
/// <param name="Verb">Verb.</param>
/// <param name="Argument">The rest without blanks around it.</param>
internal readonly record struct SmtpCommand(SmtpVerb Verb, string Argument)
{
    /// <summary>Strict: text that is not UTF-8 is no command.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a line without its CRLF.</summary>
    public static SmtpCommand Parse(ReadOnlySpan<byte> line)
    {
        if (line.ContainsAnyInRange((byte)0, (byte)8) || line.Contains((byte)127))
        {
            return new SmtpCommand(SmtpVerb.Unknown, "");
        }

        string text;
        try
        {
            text = Utf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            return new SmtpCommand(SmtpVerb.Unknown, "");
        }

        var blank = text.AsSpan().IndexOfAny(' ', '\t');
        var word = blank < 0 ? text : text[..blank];
        return new SmtpCommand(VerbOf(word), blank < 0 ? "" : text[blank..].Trim(' ', '\t'));
    }

    private static SmtpVerb VerbOf(string word) =>
        word.Length > 8
            ? SmtpVerb.Unknown
            : word.ToUpperInvariant() switch
            {
                "HELO" => SmtpVerb.Helo,
                "EHLO" => SmtpVerb.Ehlo,
                "MAIL" => SmtpVerb.Mail,
                "RCPT" => SmtpVerb.Rcpt,
                "DATA" => SmtpVerb.Data,
                "BDAT" => SmtpVerb.Bdat,
                "RSET" => SmtpVerb.Rset,
                "NOOP" => SmtpVerb.Noop,
                "VRFY" => SmtpVerb.Vrfy,
                "EXPN" => SmtpVerb.Expn,
                "HELP" => SmtpVerb.Help,
                "QUIT" => SmtpVerb.Quit,
                "STARTTLS" => SmtpVerb.StartTls,
                "AUTH" => SmtpVerb.Auth,
                _ => SmtpVerb.Unknown,
            };
}
