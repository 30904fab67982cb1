using System.Security.Cryptography;
using System.Text;
using Noroshi.Hub.Journal;
using Noroshi.Hub.Storage;
using Noroshi.Server.Access;
using Noroshi.Server.Hosting;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>Webhooks, for those who care for the machine: targets stand in the settings, secrets are made here and shown once.</summary>
internal sealed class WebhookRoutes(IHubStore store, DeliveryOptions options)
{
    /// <summary>Routes.</summary>
    public void Map(Routes routes)
    {
        routes.Get("/api/v1/webhooks", Policies.Administer, ListAsync);
        routes.Put("/api/v1/webhooks/{organization}/secret", Policies.Administer.Fresh(), MakeAsync);
        routes.Delete("/api/v1/webhooks/{organization}/secret", Policies.Administer.Fresh(), RemoveAsync);
    }

    private async Task<IResult> ListAsync(CancellationToken cancellation)
    {
        var secrets = (await store.Keys.ListAsync(WebhookStep.SecretArea, cancellation))
            .Select(one => one.Key)
            .ToHashSet(StringComparer.Ordinal);
        return TypedResults.Json(
            [.. options.Targets().Select(one => new WebhookView(one.Organization, one.Url.Host, secrets.Contains(one.Organization)))],
            ShareJson.Default.IReadOnlyListWebhookView
        );
    }

    private async Task<IResult> MakeAsync(string organization, HttpContext context)
    {
        if (!Has(organization))
        {
            return Problem.NotFound;
        }

        // The text is the key: what a receiver copies is what both sides compute with.
        var secret = RandomNumberGenerator.GetHexString(64, lowercase: true);
        await store.Journal.AppendAsync(new JournalRecord(context.Actor().Id, JournalActions.SecretChanged, organization, "webhook set"));
        await store.Keys.PutAsync(WebhookStep.SecretArea, organization, Encoding.ASCII.GetBytes(secret));
        return TypedResults.Json(new WebhookSecret(secret), ShareJson.Default.WebhookSecret);
    }

    private async Task<IResult> RemoveAsync(string organization, HttpContext context)
    {
        if (!Has(organization))
        {
            return Problem.NotFound;
        }

        await store.Journal.AppendAsync(
            new JournalRecord(context.Actor().Id, JournalActions.SecretChanged, organization, "webhook removed")
        );
        await store.Keys.RemoveAsync(WebhookStep.SecretArea, organization);
        return TypedResults.NoContent();
    }

    private bool Has(string organization) =>
        options.Targets().Any(one => string.Equals(one.Organization, organization, StringComparison.Ordinal));
}
