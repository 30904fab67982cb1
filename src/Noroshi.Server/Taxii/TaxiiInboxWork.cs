using System.Globalization;
using Microsoft.AspNetCore.Http.Features;
using Noroshi.Exchange.Taxii;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Intake;
using Noroshi.Server.Sharing;

namespace Noroshi.Server.Taxii;

/// <summary>
/// What a member puts into its inbox: a sighting of something that was released to it is its answer; everything else is a provision, with the envelope as it
/// came as evidence. Nothing of it is readable there, by anybody, and nothing of it is shared without the way that every provision goes.
/// </summary>
internal sealed class TaxiiInboxWork(
    ProvisionIntake intake,
    Quotas quotas,
    TaxiiAnswers answers,
    TaxiiStatuses statuses,
    HubOptions options
)
{
    private const long MostBytes = 10 * 1024 * 1024;
    private const int Piece = 65_536;

    /// <summary>Largest body, bytes.</summary>
    public long Most => Math.Min(MostBytes, options.Limits.ItemBytes);

    /// <summary>Takes a request.</summary>
    /// <exception cref="ProblemException">Too large, no envelope, over a quota.</exception>
    public async Task<TaxiiStatus> TakeAsync(HttpContext context, DateTimeOffset at)
    {
        var actor = context.Actor();
        if (actor.Organization is not { } organization)
        {
            throw new ProblemException(ProblemKind.NotFound);
        }

        quotas.CountProvision(actor);
        using var room = quotas.Enter();
        var body = await BodyAsync(context, room);
        quotas.CountBytes(actor, body.Length);
        var objects =
            TaxiiInbox.Read(body, at)
            ?? throw new ProblemException(
                ProblemKind.BadRequest,
                $"本文がTAXII 2.1のエンベロープではありません(objects は1~{TaxiiInbox.MostObjects}個)。",
                $"The body is no TAXII 2.1 envelope (with 1 to {TaxiiInbox.MostObjects} objects)."
            );
        var (taken, given, wrong) = (new List<TaxiiOutcome>(), new List<InboxObject>(), new List<TaxiiOutcome>());
        foreach (var one in objects)
        {
            if (one.Problem is { } problem)
            {
                wrong.Add(new TaxiiOutcome(one.Id, one.Version, problem));
            }
            else if (one.IsSighting && await answers.TakeAsync(actor, organization, one, at, context.RequestAborted))
            {
                taken.Add(new TaxiiOutcome(one.Id, one.Version, "受信状況の回答 / taken as a sighting"));
            }
            else
            {
                given.Add(one);
            }
        }

        if (given.Count > 0)
        {
            var number = await KeepAsync(actor, organization, body, context.RequestAborted);
            taken.AddRange(given.Select(one => new TaxiiOutcome(one.Id, one.Version, number)));
        }

        var status = new TaxiiStatus(Guid.NewGuid(), at, taken, wrong);
        statuses.Add(organization, status);
        return status;
    }

    private async Task<string> KeepAsync(Actor actor, string organization, byte[] body, CancellationToken cancellation)
    {
        var header = new ProvisionHeader
        {
            Way = GivingWay.Api,
            Kind = ProvisionKind.Incident,
            Intake = "member",
            Organization = organization,
            Window = actor.Window,
            GivenBy = actor.Id,
            ReceivedAt = default,
            Items = [new ProvisionItem("stix-envelope.json")],
        };
        var receipt = await intake.ReceiveAsync(new Giving(actor, header, [body]), cancellation);
        HubMeters.Provision("taxii", receipt.Repeated, receipt.Repeated ? 0 : body.Length);
        return ReceiptCode.Of(receipt.Id);
    }

    private async Task<byte[]> BodyAsync(HttpContext context, Quotas.Room room)
    {
        var most = Most;
        if (context.Request.ContentLength > most)
        {
            throw TooLarge(most);
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            size.MaxRequestBodySize = most + 1;
        }

        using var body = new MemoryStream();
        var piece = new byte[Piece];
        while (true)
        {
            var read = await context.Request.Body.ReadAsync(piece, context.RequestAborted);
            if (read == 0)
            {
                return body.ToArray();
            }

            // Once in the stream and once as an array.
            room.Take(read * 2L);
            if (body.Length + read > most)
            {
                throw TooLarge(most);
            }

            body.Write(piece, 0, read);
        }
    }

    private static ProblemException TooLarge(long most)
    {
        var text = most.ToString(CultureInfo.InvariantCulture);
        return new ProblemException(ProblemKind.TooLarge, $"本文は{text}バイトまでです。", $"A body has at most {text} bytes.");
    }
}

/// <summary>Sightings that answer something which the organisation was given.</summary>
internal sealed class TaxiiAnswers(TaxiiReaders readers, TaxiiBooks books, ISightingSink sink)
{
    /// <summary>Keeps it.</summary>
    /// <returns>False when it is about something else: of what was released to others nothing can be learnt, since the answer is the same.</returns>
    public async Task<bool> TakeAsync(Actor actor, string organization, InboxObject one, DateTimeOffset at, CancellationToken cancellation)
    {
        if (one.SightingOf is not { } seen)
        {
            return false;
        }

        foreach (var root in await readers.RootsAsync(actor, cancellation))
        {
            if (root.Collection.CanRead && (await books.OfAsync(root.Name, cancellation)).Has(seen))
            {
                var sighting = new GivenSighting
                {
                    Organization = organization,
                    Window = actor.Window,
                    Of = seen,
                    Id = one.Id,
                    Count = one.Count,
                    Looked = one.Description,
                    FirstSeen = one.FirstSeen,
                    LastSeen = one.LastSeen,
                    At = at,
                };
                return await sink.TakeAsync(actor, sighting, cancellation);
            }
        }

        return false;
    }
}
