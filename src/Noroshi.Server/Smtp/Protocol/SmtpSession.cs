using System.Net;
using System.Security.Cryptography.X509Certificates;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>One connection: reads commands, looks into <see cref="SmtpTable"/> what they mean now, does it, answers.</summary>
internal sealed partial class SmtpSession(SmtpServices services, SmtpEndpoint endpoint, SmtpWire wire, IPAddress address) : IDisposable
{
    /// <summary>Longest line of a command with its line end: RFC 5321 4.5.3.1.4 and what the extensions add, generously.</summary>
    private const int LongestLine = 4_096;

    private const int LongestHelo = 255;

    private readonly long _start = services.Clock.GetTimestamp();
    private SmtpState _state;
    private SmtpPeer _peer = new(address, "", null, null);
    private SmtpTransaction? _transaction;
    private bool _extended;
    private bool _ended;
    private int _errors;
    private int _commands;
    private int _mails;
    private int _failedAuthentications;

    private SmtpOptions Options => services.Options;

    /// <summary>Talks until one of both has enough.</summary>
    public async Task RunAsync()
    {
        if (endpoint.ImplicitTls && !await TlsAsync(endpoint.Certificate()))
        {
            return;
        }

        wire.Write(new SmtpReply(220, "", $"{Options.HostName} ESMTP"));
        while (!_ended)
        {
            var idle = _state is SmtpState.Start or SmtpState.Ready;
            var (outcome, line) = await wire.ReadLineAsync(LongestLine, stoppable: idle);
            if (outcome == LineOutcome.Line)
            {
                await DoAsync(SmtpCommand.Parse(line));
                CountUp();
            }
            else
            {
                End(LineEnd(outcome));
            }
        }

        await wire.FlushAsync();
    }

    /// <inheritdoc/>
    public void Dispose() => _transaction?.Dispose();

    private static SmtpReply? LineEnd(LineOutcome outcome) =>
        outcome switch
        {
            LineOutcome.TooLong => SmtpReplies.LineTooLong,
            LineOutcome.BareLineEnd => SmtpReplies.BareLineEnd,
            LineOutcome.TimedOut => SmtpReplies.TimedOut,
            LineOutcome.Stopping => SmtpReplies.ShuttingDown,
            LineOutcome.Closed or LineOutcome.Line => null,
        };

    private async ValueTask DoAsync(SmtpCommand command)
    {
        switch (SmtpTable.Look(_state, command.Verb))
        {
            case SmtpAction.Unknown:
                Answer(SmtpReplies.Unknown);
                break;
            case SmtpAction.NotImplemented:
                Answer(SmtpReplies.NotImplemented);
                break;
            case SmtpAction.BadSequence:
                Answer(SmtpReplies.BadSequence);
                break;
            case SmtpAction.NoRecipients:
                Answer(SmtpReplies.NoRecipients);
                break;
            case SmtpAction.Greet:
                Greet(command);
                break;
            case SmtpAction.BeginMail:
                BeginMail(command.Argument);
                break;
            case SmtpAction.AddRecipient:
                AddRecipient(command.Argument);
                break;
            case SmtpAction.ReadData:
                await ReadDataAsync(command.Argument);
                break;
            case SmtpAction.ReadChunk:
                await ReadChunkAsync(command.Argument, skip: false);
                break;
            case SmtpAction.SkipChunk:
                await ReadChunkAsync(command.Argument, skip: true);
                break;
            case SmtpAction.Reset:
                Reset();
                Answer(SmtpReplies.Ok);
                break;
            case SmtpAction.Nothing:
                Answer(SmtpReplies.Ok);
                break;
            case SmtpAction.Verify:
                Answer(SmtpReplies.CannotVerify);
                break;
            case SmtpAction.Help:
                Answer(SmtpReplies.Help);
                break;
            case SmtpAction.Quit:
                End(SmtpReplies.Bye);
                break;
            case SmtpAction.StartTls:
                await StartTlsAsync(command.Argument);
                break;
            case SmtpAction.Authenticate:
                await AuthenticateAsync(command.Argument);
                break;
        }
    }

    private void Greet(SmtpCommand command)
    {
        if (command.Argument.Length is 0 or > LongestHelo || command.Argument.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            Answer(SmtpReplies.Syntax);
            return;
        }

        Reset();
        _state = SmtpState.Ready;
        _extended = command.Verb == SmtpVerb.Ehlo;
        _peer = _peer with { Helo = command.Argument };
        Answer(_extended ? Extensions() : new SmtpReply(250, "", Options.HostName));
    }

    private SmtpReply Extensions()
    {
        List<string> lines =
        [
            Options.HostName,
            $"SIZE {Options.MostMessageBytes}",
            "PIPELINING",
            "8BITMIME",
            "SMTPUTF8",
            "CHUNKING",
            "ENHANCEDSTATUSCODES",
        ];
        if (wire.Tls is not null)
        {
            lines.Add("AUTH PLAIN LOGIN");
        }
        else if (endpoint.Certificate() is not null)
        {
            lines.Add("STARTTLS");
        }

        return new SmtpReply(250, "", [.. lines]);
    }

    private void BeginMail(string argument)
    {
        if (Options.RequireTls && wire.Tls is null)
        {
            Answer(SmtpReplies.MustStartTls);
            return;
        }

        if (!ReadPath(argument, "FROM:", out var path, out var rest))
        {
            return;
        }

        var refusal = MailParameters.Read(rest, out var parameters);
        refusal ??= rest.Length > 0 && !_extended ? SmtpReplies.UnknownParameter : null;
        refusal ??= path.IsInternational && !parameters.Utf8 ? SmtpReplies.NeedsUtf8 : null;
        refusal ??= parameters.Size > Options.MostMessageBytes ? SmtpReplies.TooLarge : null;
        if (refusal is not null)
        {
            Answer(refusal);
            return;
        }

        if (++_mails > Options.MostTransactions)
        {
            End(SmtpReplies.EnoughForNow);
            return;
        }

        _transaction = new SmtpTransaction(path, parameters, new MessageBuffer(services.Memory, Options, parameters.Size));
        _state = SmtpState.Mail;
        Answer(SmtpReplies.SenderOk);
    }

    private void AddRecipient(string argument)
    {
        if (_transaction is not { } transaction || !ReadPath(argument, "TO:", out var path, out var rest))
        {
            return;
        }

        if (rest.Length > 0)
        {
            Answer(SmtpReplies.UnknownParameter);
            return;
        }

        if (path.ToString().Length == 0)
        {
            Answer(SmtpReplies.BadAddress);
            return;
        }

        if (path.IsInternational && !transaction.Parameters.Utf8)
        {
            Answer(SmtpReplies.NeedsUtf8);
            return;
        }

        // The count stands before the question: the answer to one more is the same whoever it is.
        if (transaction.Accepted >= Options.MostRecipients)
        {
            Answer(SmtpReplies.TooManyRecipients);
            return;
        }

        if (services.Reception.Resolve(_peer, path) is not { } grant)
        {
            Answer(SmtpReplies.NoSuchRecipient);
            return;
        }

        transaction.Add(grant);
        _state = SmtpState.Recipients;
        Answer(SmtpReplies.RecipientOk);
    }

    private bool ReadPath(string argument, string keyword, out SmtpPath path, out string rest)
    {
        (path, rest) = (SmtpPath.Null, "");
        if (!argument.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
        {
            Answer(SmtpReplies.Syntax);
            return false;
        }

        // Old clients put a blank behind the colon.
        if (!SmtpPath.TryRead(argument[keyword.Length..].TrimStart(' '), out path, out rest))
        {
            Answer(SmtpReplies.BadAddress);
            return false;
        }

        rest = rest.Trim(' ', '\t');
        return true;
    }

    private void Reset()
    {
        _transaction?.Dispose();
        _transaction = null;
        _state = _state == SmtpState.Start ? SmtpState.Start : SmtpState.Ready;
    }

    private void Answer(SmtpReply reply)
    {
        _errors += reply.IsError ? 1 : 0;
        wire.Write(reply);
    }

    private void End(SmtpReply? reply)
    {
        _ended = true;
        if (reply is not null)
        {
            wire.Write(reply);
        }
    }

    private void CountUp()
    {
        if (_ended)
        {
            return;
        }

        if (_errors >= Options.MostErrors || _failedAuthentications >= Options.MostFailedAuthentications)
        {
            End(SmtpReplies.TooManyErrors);
        }
        else if (
            ++_commands >= Options.MostCommands
            || (_state is SmtpState.Start or SmtpState.Ready && services.Clock.GetElapsedTime(_start) > Options.SessionTimeout)
        )
        {
            End(SmtpReplies.EnoughForNow);
        }
    }

    private async ValueTask StartTlsAsync(string argument)
    {
        if (argument.Length > 0)
        {
            Answer(SmtpReplies.Syntax);
        }
        else if (wire.Tls is not null)
        {
            Answer(SmtpReplies.BadSequence);
        }
        else if (endpoint.Certificate() is not { } certificate)
        {
            Answer(SmtpReplies.TlsUnavailable);
        }
        else
        {
            if (wire.DropPlaintext())
            {
                SmtpLog.PlaintextDropped(services.Log);
            }

            wire.Write(SmtpReplies.StartTls);
            await wire.FlushAsync();
            await TlsAsync(certificate);
        }
    }

    /// <summary>After the handshake nothing of what was said before counts (RFC 3207 4.2).</summary>
    private async Task<bool> TlsAsync(X509Certificate2? certificate)
    {
        if (certificate is null || !await wire.StartTlsAsync(certificate))
        {
            SmtpLog.HandshakeFailed(services.Log);
            _ended = true;
            return false;
        }

        Reset();
        _state = SmtpState.Start;
        _extended = false;
        _peer = new SmtpPeer(address, "", wire.Tls, null);
        return true;
    }
}
