using System.Diagnostics;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Intake;
using Noroshi.Server.Smtp.Protocol;

namespace Noroshi.Server.Smtp.Reception;

/// <summary>Finds whose key that is; null when it is nobody's. Given by the part that keeps the keys; takes the same time for every wrong one.</summary>
internal delegate ValueTask<Actor?> SmtpKeyLookup(string secret, CancellationToken cancellation);

/// <summary>The hub behind the protocol: keys, intake addresses, relays, and the one way in.</summary>
internal sealed class HubReception(IntakeAddresses addresses, IntakeAccounts accounts, ProvisionIntake intake, SmtpKeyLookup keys)
    : ISmtpReception
{
    /// <summary>Several times what finding out takes; at most some tens of recipients are asked for in a connection.</summary>
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMicroseconds(60);

    /// <summary>Scope that a key needs.</summary>
    private const string Scope = "provide";

    /// <inheritdoc/>
    public async ValueTask<SmtpAccount?> AuthenticateAsync(SmtpPeer peer, string user, string secret, CancellationToken cancellation)
    {
        var actor = await keys(secret, cancellation);
        return actor is { Organization: { } organization } && actor.Scopes.Contains(Scope)
            ? new SmtpAccount(actor.Id, organization, actor.Window, actor.Kind == ActorKind.User ? actor.Id : null)
            : null;
    }

    /// <inheritdoc/>
    public IntakeGrant? Resolve(SmtpPeer peer, SmtpPath recipient)
    {
        // What was found lies in other memory than what was not: measured, 0.4 microseconds. So each answer leaves at the same time after the
        // question; that this is the machine's time and not the hub's clock is what it is about.
        var start = Stopwatch.GetTimestamp();
        var byAddress = ByAddress(recipient);
        var bySender = accounts.Known(peer) is { } known ? accounts.BySender(known, recipient) : null;
        while (Stopwatch.GetElapsedTime(start) < AnswerTime)
        {
            Thread.SpinWait(1);
        }

        return byAddress ?? bySender;
    }

    /// <inheritdoc/>
    public async Task<SmtpVerdict> DeliverAsync(SmtpMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        try
        {
            foreach (var grant in mail.Recipients)
            {
                // One that was kept stays kept when the next one fails: the sender comes again with all, and a repetition is recognised.
                await intake.ReceiveAsync(GivingOf(mail, grant), CancellationToken.None);
            }

            return SmtpVerdict.Accepted;
        }
        catch (StorageFullException)
        {
            return SmtpVerdict.NoRoom;
        }
        catch (ArgumentException)
        {
            return SmtpVerdict.Refused;
        }
    }

    private IntakeGrant? ByAddress(SmtpPath recipient)
    {
        var found = addresses.Resolve(recipient.Local, recipient.Domain);

        // Asked for in any case, so that finding one takes no step more than finding none.
        var organization = accounts.Member(found?.Address.Organization ?? "");
        return found is { } one && organization is not null
            ? new IntakeGrant(GrantKind.Address, one.Id, one.Address.Organization, one.Address.Window, one.Address.User)
            : null;
    }

    private Giving GivingOf(SmtpMail mail, IntakeGrant grant) =>
        new(
            new Actor
            {
                Kind = grant.Kind == GrantKind.Account ? ActorKind.Key : ActorKind.Intake,
                Id = grant.Id,
                Organization = grant.Organization,
                Window = grant.Window,
            },
            new ProvisionHeader
            {
                Way = GivingWay.Smtp,
                Intake = "member",
                Organization = grant.Organization,
                Window = grant.Window,
                GivenBy = grant.Id,
                ReceivedAt = mail.ReceivedAt,
                Items = [new ProvisionItem("mail.eml")],
                Quarantine = Quarantine(mail, grant),
                Envelope = new MailEnvelope(mail.From, mail.Peer.Address.ToString(), mail.Peer.Helo, mail.Peer.Tls, addresses.Domain),
            },
            [mail.Content]
        )
        {
            Attempt = $"{grant.Kind}:{grant.Id}",
            ReceivedAt = mail.ReceivedAt,
            Lane = Lane.Live,
        };

    /// <summary>A key or a relay's network says enough; who only knows an address has to look like one of its own.</summary>
    private string? Quarantine(SmtpMail mail, IntakeGrant grant) =>
        grant.Kind != GrantKind.Address || mail.Peer.Account?.Organization == grant.Organization
            ? null
            : SenderFit.Problem(
                accounts.Member(grant.Organization),
                addresses.Find(grant.Id)?.Senders ?? [],
                new HandedIn(mail.From, FromLine.Read(mail.Content.Span), mail.Peer.Address)
            );
}
