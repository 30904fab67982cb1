using System.Globalization;
using Noroshi.Server.Smtp.Reception;

namespace Noroshi.Server.Smtp.Protocol;

internal sealed partial class SmtpSession
{
    private async ValueTask ReadDataAsync(string argument)
    {
        if (_transaction is not { } transaction)
        {
            return;
        }

        if (argument.Length > 0)
        {
            Answer(SmtpReplies.Syntax);
            return;
        }

        Answer(SmtpReplies.StartData);
        if (EndOf(await wire.ReadBodyAsync(new DotDecoder(), transaction.Content)))
        {
            await FinishAsync(transaction);
        }
    }

    /// <summary>
    /// BDAT. The announced bytes are read in any case, also when the command is refused: they are already on their way and would be taken for
    /// commands.
    /// </summary>
    private async ValueTask ReadChunkAsync(string argument, bool skip)
    {
        var words = argument.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var last = words.Length == 2 && words[1].Equals("LAST", StringComparison.OrdinalIgnoreCase);
        if (
            words.Length is not (1 or 2)
            || (words.Length == 2 && !last)
            || words[0].Length > 18
            || !long.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out var size)
        )
        {
            // How many bytes follow cannot be known, so nothing behind this can be taken for a command.
            End(SmtpReplies.Syntax);
            return;
        }

        if (size > 2L * Options.MostMessageBytes)
        {
            End(SmtpReplies.TooLarge);
            return;
        }

        if (skip || _transaction is not { } transaction)
        {
            using var nowhere = new MessageBuffer(services.Memory, Options, 0);
            nowhere.Refuse();
            if (EndOf(await wire.ReadBodyAsync(new ChunkReader(size), nowhere)))
            {
                Answer(_state == SmtpState.Mail ? SmtpReplies.NoRecipients : SmtpReplies.BadSequence);
            }

            return;
        }

        _state = SmtpState.Chunks;
        if (!EndOf(await wire.ReadBodyAsync(new ChunkReader(size), transaction.Content)))
        {
            return;
        }

        if (last)
        {
            await FinishAsync(transaction);
        }
        else
        {
            Answer(Refusal(transaction.Content.State) ?? SmtpReplies.ChunkOk);
        }
    }

    /// <summary>What to do about how the bytes ended; true when all are here.</summary>
    private bool EndOf(BodyOutcome outcome)
    {
        switch (outcome)
        {
            case BodyOutcome.Complete:
                return true;
            case BodyOutcome.Closed:
                End(null);
                break;
            case BodyOutcome.TimedOut:
                End(SmtpReplies.TimedOut);
                break;
            case BodyOutcome.TooSlow:
                End(SmtpReplies.TooSlow);
                break;
            case BodyOutcome.TooMuch:
                End(SmtpReplies.TooLarge);
                break;
        }

        return false;
    }

    private static SmtpReply? Refusal(BufferState state) =>
        state switch
        {
            BufferState.TooLarge => SmtpReplies.TooLarge,
            BufferState.NoRoom => SmtpReplies.NoRoom,
            BufferState.Open => null,
        };

    private async ValueTask FinishAsync(SmtpTransaction transaction)
    {
        var reply = Refusal(transaction.Content.State);
        if (reply is null)
        {
            var mail = new SmtpMail
            {
                Peer = _peer,
                From = transaction.From.ToString(),
                Recipients = transaction.Recipients,
                Content = transaction.Content.Content,
                ReceivedAt = services.Clock.GetUtcNow(),
            };
            reply = await DeliverAsync(mail);
        }

        Reset();
        Answer(reply);
        await wire.FlushAsync();
    }

    private async ValueTask<SmtpReply> DeliverAsync(SmtpMail mail)
    {
        try
        {
            return await services.Reception.DeliverAsync(mail) switch
            {
                SmtpVerdict.Accepted => SmtpReplies.Accepted,
                SmtpVerdict.TryAgain => SmtpReplies.TryAgain,
                SmtpVerdict.NoRoom => SmtpReplies.NoRoom,
                SmtpVerdict.Refused => SmtpReplies.Refused,
            };
        }
        catch (Exception error)
        {
            // Whatever went wrong, the mail is not said to be kept; its sender still has it and comes again.
            SmtpLog.DeliveryFailed(services.Log, error.GetType().Name);
            return SmtpReplies.TryAgain;
        }
    }
}
