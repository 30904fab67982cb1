using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Sharing.Delivery;

/// <summary>How members hear of what was shared.</summary>
internal sealed record DeliveryOptions
{
    [OptionDoc(
        "共有のたびに署名付きの通知(Webhook)を送る先。「組織ID URL」の形。URLはhttps。httpは Delivery:WebhookNetworks に挙げた網の中だけ。",
        "Where a signed webhook goes with each share: organisation id, blank, URL. https; http only inside Delivery:WebhookNetworks."
    )]
    public IReadOnlyList<string> Webhooks { get; init; } = [];

    [OptionDoc(
        "Webhookの送り先として許す組織内の網(10.1.2.0/24)。挙げない限り、私設・ループバック・リンクローカルのアドレスには送らない。",
        "Inner networks (10.1.2.0/24) to which webhooks may go. Private, loopback and link-local addresses get none unless listed here."
    )]
    public IReadOnlyList<string> WebhookNetworks { get; init; } = [];

    /// <summary>The targets.</summary>
    /// <exception cref="SettingsException">One cannot be used.</exception>
    public IReadOnlyList<WebhookTarget> Targets() =>
        [
            .. Webhooks.Select(text =>
                text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var organization, var url]
                && Uri.TryCreate(url, UriKind.Absolute, out var uri)
                && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && WebhookNetworks.Count > 0))
                && uri.UserInfo.Length == 0
                    ? new WebhookTarget(organization, uri)
                    : throw Wrong(
                        "Delivery:Webhooks",
                        "「組織ID https://…」の形ではありません(httpは Delivery:WebhookNetworks を設定した場合だけ)。",
                        "is not of the form 'organisation https://…' (http only with Delivery:WebhookNetworks)."
                    )
            ),
        ];

    /// <summary>The inner networks.</summary>
    /// <exception cref="SettingsException">One is no address range.</exception>
    public IReadOnlyList<System.Net.IPNetwork> Networks() =>
        [
            .. WebhookNetworks.Select(text =>
                System.Net.IPNetwork.TryParse(text, out var network)
                    ? network
                    : throw Wrong(
                        "Delivery:WebhookNetworks",
                        "アドレスの範囲ではないものがあります(例 10.1.2.0/24)。",
                        "holds what is no address range (10.1.2.0/24)."
                    )
            ),
        ];

    private static SettingsException Wrong(string key, string ja, string en) =>
        new([new OptionProblem(key, $"{key}: {ja}", $"{key}: {en}")]);
}

/// <summary>Where an organisation's webhooks go.</summary>
/// <param name="Organization">Id of the organisation.</param>
/// <param name="Url">URL, from the settings.</param>
internal sealed record WebhookTarget(string Organization, Uri Url);
