using System.Text;

namespace Noroshi.Server.Smtp.Protocol;

internal sealed partial class SmtpSession
{
    /// <summary>Longest answer of an authentication (RFC 4954 4).</summary>
    private const int LongestAuthenticationLine = 12_288;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private async ValueTask AuthenticateAsync(string argument)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (wire.Tls is null)
        {
            Answer(SmtpReplies.AuthenticationNeedsTls);
        }
        else if (_peer.Account is not null || !_extended)
        {
            Answer(SmtpReplies.BadSequence);
        }
        else if (words.Length is not (1 or 2))
        {
            Answer(SmtpReplies.Syntax);
        }
        else
        {
            var initial = words.Length == 2 ? words[1] : null;
            switch (words[0].ToUpperInvariant())
            {
                case "PLAIN":
                    await PlainAsync(initial);
                    break;
                case "LOGIN":
                    await LoginAsync(initial);
                    break;
                default:
                    Answer(SmtpReplies.UnknownMechanism);
                    break;
            }
        }
    }

    /// <summary>RFC 4616: authorisation identity, NUL, name, NUL, password.</summary>
    private async ValueTask PlainAsync(string? initial)
    {
        if (await ResponseAsync(initial, SmtpReplies.AskPlain) is not { } text)
        {
            return;
        }

        var parts = text.Split('\0');
        if (parts.Length != 3 || (parts[0].Length > 0 && parts[0] != parts[1]))
        {
            _failedAuthentications++;
            Answer(SmtpReplies.AuthenticationFailed);
            return;
        }

        await CheckAsync(parts[1], parts[2]);
    }

    private async ValueTask LoginAsync(string? initial)
    {
        if (
            await ResponseAsync(initial, SmtpReplies.AskUser) is { } user
            && await ResponseAsync(null, SmtpReplies.AskPassword) is { } password
        )
        {
            await CheckAsync(user, password);
        }
    }

    private async ValueTask CheckAsync(string user, string password)
    {
        var account = await services.Reception.AuthenticateAsync(_peer, user, password, CancellationToken.None);
        if (account is null)
        {
            _failedAuthentications++;
            SmtpLog.AuthenticationFailed(services.Log);
            Answer(SmtpReplies.AuthenticationFailed);
            return;
        }

        _peer = _peer with { Account = account };
        Answer(SmtpReplies.AuthenticationOk);
    }

    /// <summary>The client's next word, decoded; null when it was answered already.</summary>
    private async ValueTask<string?> ResponseAsync(string? given, SmtpReply question)
    {
        if (given is null)
        {
            wire.Write(question);
            var (outcome, line) = await wire.ReadLineAsync(LongestAuthenticationLine, stoppable: false);
            if (outcome != LineOutcome.Line)
            {
                End(LineEnd(outcome));
                return null;
            }

            given = Encoding.Latin1.GetString(line);
        }

        if (given == "*")
        {
            Answer(SmtpReplies.AuthenticationCancelled);
            return null;
        }

        try
        {
            return given == "=" ? "" : StrictUtf8.GetString(Convert.FromBase64String(given));
        }
        catch (Exception error) when (error is FormatException or DecoderFallbackException)
        {
            Answer(SmtpReplies.Syntax);
            return null;
        }
    }
}
