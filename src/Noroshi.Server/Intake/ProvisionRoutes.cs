using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Intake;

/// <summary>The routes of provisions.</summary>
internal static class ProvisionRoutes
{
    private const string Root = "/api/v1/provisions";
    private const int MostOfPage = 200;

    /// <summary>Makes them.</summary>
    public static void Map(Routes routes)
    {
        routes
            .Post(
                Root,
                Policies.Provide,
                (HttpContext context, [FromHeader(Name = "Idempotency-Key")] string? key) => ReceiveAsync(context, key)
            )
            .Produces<ReceiptView>(StatusCodes.Status201Created)
            .ProducesProblem(413)
            .ProducesProblem(422)
            .ProducesProblem(429)
            .ProducesProblem(503)
            .ProducesProblem(507)
            .WithSummary("Hand in mails or a case. 201 only after nothing of it can be lost any more.")
            .WithTags("provisions");
        routes
            .Get(
                Root,
                Policies.ReadProvisions,
                (HttpContext context, string? cursor, int? limit, string? order) => ListAsync(context, cursor, limit, order)
            )
            .Produces<ProvisionPage>()
            .WithSummary("Own provisions (hub: all), newest first or order=oldest; pages stay whole while others write.")
            .WithTags("provisions");
        routes
            .Get(Root + "/{id:guid}", Policies.ReadProvisions, (HttpContext context, Guid id) => OneAsync(context, id))
            .Produces<ProvisionView>()
            .ProducesProblem(404)
            .WithSummary("One provision with its state and its mails taken apart.")
            .WithTags("provisions");
        routes
            .Delete(Root + "/{id:guid}", Policies.Provide, (HttpContext context, Guid id) => WithdrawAsync(context, id))
            .Produces<WithdrawalView>()
            .ProducesProblem(404)
            .WithSummary("Withdraw: originals, personal data and samples are erased for good; number and time stay.")
            .WithTags("provisions");
        routes
            .Get(
                Root + "/{id:guid}/items/{item:int}",
                Policies.Evidence,
                (HttpContext context, Guid id, int item, string? reason) => ItemDownload.AnswerAsync(context, id, item, reason)
            )
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream")
            .ProducesProblem(404)
            .WithSummary("The original as a ZIP with a password, with a reason that is written to the journal.")
            .WithTags("provisions");
    }

    /// <summary>The provision, through the scope: those of others do not exist.</summary>
    public static Task<IndexedProvision> ReachedAsync(HttpContext context, Guid id, Verb verb) =>
        context
            .RequestServices.GetRequiredService<Scope>()
            .LoadAsync<IndexedProvision>(context.Actor(), verb, id.ToString("N"), context.RequestAborted);

    private static async Task ReceiveAsync(HttpContext context, string? key)
    {
        var services = context.RequestServices;
        var limits = services.GetRequiredService<HubOptions>().Limits;
        var actor = context.Actor();
        if (actor.Kind == ActorKind.Public)
        {
            throw new ProblemException(ProblemKind.Unauthenticated);
        }

        var quotas = services.GetRequiredService<Quotas>();
        quotas.CountProvision(actor);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
        {
            // Room for boundaries and headers of each part.
            size.MaxRequestBodySize = limits.ProvisionBytes + (limits.Items * 20L * 1024) + (1024 * 1024);
        }

        using var room = quotas.Enter();
        var body = await new BodyReader(limits, room).ReadAsync(context.Request, context.RequestAborted);
        var bytes = body.Files.Sum(file => (long)file.Content.Length);
        quotas.CountBytes(actor, bytes);
        var header = await services.GetRequiredService<RequestRules>().HeaderAsync(actor, body, context.RequestAborted);
        var contents = body.Files.Select(file => (ReadOnlyMemory<byte>)file.Content).ToList();
        // Two telephone calls have no bytes to tell them apart: without a key each request is a call of its own.
        var attempt = key ?? (contents.Count == 0 ? "call " + context.TraceIdentifier : "");
        var (receipt, earlier) = await GiveAsync(context, new Giving(actor, header, contents) { Attempt = attempt }, key);
        HubMeters.Provision("api", receipt.Repeated, receipt.Repeated ? 0 : bytes);
        context.Response.StatusCode = StatusCodes.Status201Created;
        context.Response.Headers.Location = $"{Root}/{receipt.Id.Value}";
        await WriteAsync(
            context,
            new ReceiptView(
                ReceiptCode.Of(receipt.Id),
                receipt.Id.Value,
                receipt.Repeated,
                receipt.ReceivedAt,
                [
                    .. earlier.Select(one => new EarlierView(
                        one.Item,
                        ReceiptCode.Of(one.Earlier.Id),
                        one.Earlier.Id.Value,
                        one.Earlier.ReceivedAt
                    )),
                ]
            ),
            IntakeViewJson.Default.ReceiptView
        );
    }

    private static async Task<(Receipt Receipt, IReadOnlyList<EarlierGiving> Earlier)> GiveAsync(
        HttpContext context,
        Giving giving,
        string? key
    )
    {
        var (intake, cancellation) = (context.RequestServices.GetRequiredService<ProvisionIntake>(), context.RequestAborted);
        if (key is null)
        {
            return await intake.GiveAsync(giving, cancellation);
        }

        var attempts = context.RequestServices.GetRequiredService<Attempts>();
        var binding = await attempts.BindAsync(giving.By, key, giving.Header, giving.Contents, cancellation);
        try
        {
            return await intake.GiveAsync(giving with { Binding = binding }, cancellation);
        }
        catch (ChangedMeanwhileException)
        {
            // Both came at once: the other one has bound the key, to this content or to another.
            await attempts.BindAsync(giving.By, key, giving.Header, giving.Contents, cancellation);
            return await intake.GiveAsync(giving, cancellation);
        }
    }

    private static async Task ListAsync(HttpContext context, string? cursor, int? limit, string? order)
    {
        if (limit is < 1 or > MostOfPage || order is not (null or "newest" or "oldest"))
        {
            var most = MostOfPage.ToString(CultureInfo.InvariantCulture);
            throw new ProblemException(
                ProblemKind.BadRequest,
                $"limit は1~{most}、order は newest か oldest です。",
                $"limit is 1 to {most}, order is newest or oldest."
            );
        }

        var services = context.RequestServices;
        var cursors = services.GetRequiredService<SealedCursor>();
        long? after = null;
        if (cursor is not null)
        {
            after =
                await cursors.OpenAsync(cursor, context.RequestAborted)
                ?? throw new ProblemException(
                    ProblemKind.BadRequest,
                    "cursor が正しくありません。",
                    "This cursor was not handed out by this hub."
                );
        }

        var actor = context.Actor();
        var asked = limit ?? 50;
        var scope = services.GetRequiredService<Scope>();
        var page = await services
            .GetRequiredService<ProvisionIndex>()
            .PageAsync(
                new PageOrder(actor.Organization, after, order != "oldest", asked + 1),
                one => scope.May(actor, Verb.Read, one),
                context.RequestAborted
            );
        // Once more through the scope: it writes to the journal what somebody of the hub reads.
        var shown = await scope.VisibleAsync(actor, Verb.Read, page.Take(asked));
        var views = services.GetRequiredService<ProvisionViews>();
        var list = new List<ProvisionView>(shown.Count);
        foreach (var one in shown)
        {
            if (await views.FindAsync(one, withMails: false, context.RequestAborted) is { } view)
            {
                list.Add(view);
            }
        }

        var next = page.Count > asked ? await cursors.SealAsync(shown[^1].Position, context.RequestAborted) : null;
        await WriteAsync(context, new ProvisionPage(list, next), IntakeViewJson.Default.ProvisionPage);
    }

    private static async Task OneAsync(HttpContext context, Guid id)
    {
        var provision = await ReachedAsync(context, id, Verb.Read);
        var views = context.RequestServices.GetRequiredService<ProvisionViews>();
        var view =
            await views.FindAsync(provision, withMails: true, context.RequestAborted) ?? throw new ProblemException(ProblemKind.NotFound);
        await WriteAsync(context, view, IntakeViewJson.Default.ProvisionView);
    }

    private static async Task WithdrawAsync(HttpContext context, Guid id)
    {
        var provision = await ReachedAsync(context, id, Verb.Remove);
        var receipt = await context
            .RequestServices.GetRequiredService<Withdrawals>()
            .WithdrawAsync(context.Actor(), provision, context.RequestAborted);
        await WriteAsync(
            context,
            new WithdrawalView(id, receipt.Evidence, receipt.Documents, receipt.JournalIndex),
            IntakeViewJson.Default.WithdrawalView
        );
    }

    private static async Task WriteAsync<T>(HttpContext context, T value, JsonTypeInfo<T> json)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(value, json);
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
