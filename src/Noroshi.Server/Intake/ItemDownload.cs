using System.Globalization;
using System.Security.Cryptography;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;
using Noroshi.Server.Pipeline;

namespace Noroshi.Server.Intake;

/// <summary>
/// Hands out an original. Any of them may be malicious, so all of them leave as a ZIP with a password, under a name that says nothing; the journal
/// has the reason before the bytes go.
/// </summary>
internal static class ItemDownload
{
    /// <summary>The password that the trade uses for samples.</summary>
    public const string Password = "infected";

    /// <summary>Reasons that are taken: the journal holds codes, no free words.</summary>
    private static readonly HashSet<string> Reasons = new(StringComparer.Ordinal)
    {
        "analysis",
        "provider-request",
        "incident",
        "disclosure",
    };

    /// <summary>Answers.</summary>
    public static async Task AnswerAsync(HttpContext context, Guid id, int item, string? reason)
    {
        if (reason is null || !Reasons.Contains(reason))
        {
            throw new ProblemException(
                ProblemKind.BadRequest,
                $"reason が必要です: {string.Join(", ", Reasons)}",
                $"A reason is needed: {string.Join(", ", Reasons)}"
            );
        }

        var provision = await ProvisionRoutes.ReachedAsync(context, id, Verb.Read);
        var store = context.RequestServices.GetRequiredService<IHubStore>();
        var stored = await store.Intake.FindAsync(provision.Id, context.RequestAborted);
        if (await store.Steps.LatestAsync(DocumentKinds.Withdrawal, provision.Id.ToString(), context.RequestAborted) is not null)
        {
            throw new ProblemException(ProblemKind.Gone);
        }

        if (stored is null || item < 1 || item > stored.Evidence.Count)
        {
            throw new ProblemException(
                ProblemKind.NotFound,
                "この提供にその番号の点はありません。",
                "The provision has no item of that number."
            );
        }

        var actor = context.Actor();
        var number = item.ToString(CultureInfo.InvariantCulture);
        await store.Journal.AppendAsync(
            new JournalRecord(actor.Id, JournalActions.EvidenceRead, provision.Id.ToString(), $"{number} {reason}"),
            context.RequestAborted
        );
        var content = await store.Evidence.GetAsync(stored.Evidence[item - 1].Id, context.RequestAborted);
        var zip = PasswordZip.Of("original.bin", content, Password);
        var name = RandomNumberGenerator.GetHexString(16, lowercase: true);
        context.Response.ContentType = "application/octet-stream";
        context.Response.ContentLength = zip.Length;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.zip\"";
        await context.Response.Body.WriteAsync(zip, context.RequestAborted);
    }
}
