using System.Text.Json;
using Shouldly;

namespace Noroshi.Server.Tests.Cli;

/// <summary>The properties of the contract with their types; a property that ends in ? may be null. The order of the contract is kept.</summary>
internal static class ContractShape
{
    private static readonly string[] Mail =
    [
        "key:s",
        "carrier:s?",
        "id:s?",
        "file:s",
        "organization:s?",
        "window:s?",
        "direction:direction?",
        "channel:channel",
        "automatic:b",
        "messageId:s?",
        "inReplyTo:s?",
        "references:[s",
        "sentAt:t?",
        "receivedAt:t?",
        "timeSource:timeSource?",
        "from:address?",
        "replyTo:[address",
        "to:[address",
        "subject:s",
        "text:s",
        "freeMail:b",
        "sendingService:s?",
        "hops:[hop",
        "origin:origin?",
        "urls:[s",
        "attachments:[file",
        "findings:[finding",
    ];

    private static readonly string[] File =
    [
        "name:s",
        "displayedName:s",
        "path:s",
        "type:type",
        "format:s",
        "size:n?",
        "sha256:s?",
        "sha1:s?",
        "md5:s?",
        "encrypted:b",
        "headerEncrypted:b",
        "encryption:s?",
        "password:password?",
        "opensIn:[opens",
        "disguises:[disguise",
        "traits:o",
        "children:[file",
        "findings:[finding",
    ];

    private static readonly Dictionary<string, string[]> Words = new(StringComparer.Ordinal)
    {
        ["direction"] = ["inbound", "outbound", "internal", "provision"],
        ["channel"] = ["mail", "form"],
        ["timeSource"] = ["received", "date", "quote", "manifest"],
        ["severity"] = ["note", "suspicious", "damaged", "limit"],
        ["type"] =
        [
            "office",
            "justsystems",
            "pdf",
            "executable",
            "shortcut",
            "script",
            "html",
            "image",
            "mail",
            "archive",
            "disk-image",
            "encrypted-unopened",
            "other",
        ],
        ["disguise"] = ["rlo", "double-extension", "padding", "extension-mismatch", "icon", "homograph"],
        ["source"] = ["same-mail", "second-mail", "conversation", "campaign", "date", "list", "given", "token"],
        ["basis"] = ["tried", "format"],
        ["stage"] = ["reconnaissance", "replied", "attacked"],
        ["assessment"] = ["high", "medium", "low", "none", "live"],
        ["messageSource"] = ["mail", "quote", "stated"],
        ["role"] = ["reconnaissance", "reply", "attack", "other"],
        ["intent"] =
        [
            "inquiry",
            "window-check",
            "presence",
            "who-else",
            "send-later",
            "cannot-open",
            "which-unarchiver",
            "environment",
            "unarchiver-answer",
            "refuse-attachment",
            "password",
            "re-send",
            "reminder",
            "auto",
        ],
        ["confidence"] = ["probable", "strong"],
        ["pattern-kind"] = ["parallel", "sequential", "careful", "returning", "attended", "evolving"],
    };

    private static readonly Dictionary<string, string[]> Objects = new(StringComparer.Ordinal)
    {
        ["mail"] = Mail,
        ["file"] = File,
        ["address"] = ["name:s", "address:s"],
        ["hop"] = ["by:s?", "from:s?", "ip:s?", "at:t?", "trusted:b"],
        ["origin"] = ["ip:s?", "country:s?", "countrySource:s?"],
        ["finding"] = ["code:s", "severity:severity", "detail:s"],
        ["password"] = ["value:s", "source:source", "where:s"],
        ["opens"] = ["program:s", "opens:b?", "basis:basis", "why:s"],
        ["tables"] = ["freeMail:s", "publicSuffix:s", "unarchivers:s", "rules:s", "rarity:s?"],
        ["analysis"] =
        [
            "schema:s",
            "tables:tables",
            "mails:[mail",
            "conversations:[conversation",
            "campaigns:[campaign",
            "suggestions:[link",
        ],
        ["conversation"] =
        [
            "id:s",
            "organization:s?",
            "windows:[s",
            "stage:stage",
            "attackFirst:b",
            "assessment:assessment",
            "evidence:[reason",
            "messages:[message",
        ],
        ["reason"] = ["code:s", "detail:s", "bits:d"],
        ["message"] =
        [
            "mail:s?",
            "source:messageSource",
            "window:s?",
            "label:s",
            "role:role",
            "intents:[intent",
            "at:t?",
            "gapSeconds:d?",
            "summaryJa:s",
            "summaryEn:s",
        ],
        ["campaign"] =
        [
            "id:s",
            "version:n",
            "mails:[s",
            "conversations:[s",
            "organizations:[s",
            "confidence:confidence",
            "links:[link",
            "without:[without",
            "patterns:[pattern",
        ],
        ["link"] = ["a:s", "b:s", "bits:d", "evidence:[evidence"],
        ["evidence"] = ["family:s", "value:s", "bits:d"],
        ["without"] = ["family:s", "bits:d"],
        ["pattern"] = ["kind:pattern-kind", "detail:o", "mails:[s"],
        ["dissection"] = ["schema:s", "mails:[mail", "files:[file"],
    };

    /// <summary>Walks a value; returns how many objects were seen.</summary>
    public static int Walk(JsonElement value, string kind, string at = "$")
    {
        value.ValueKind.ShouldBe(JsonValueKind.Object, at);
        var names = value.EnumerateObject().Select(one => one.Name).ToList();
        names.Distinct(StringComparer.Ordinal).Count().ShouldBe(names.Count, at);
        var seen = 1;
        var last = -1;
        foreach (var rule in Objects[kind])
        {
            var (name, type) = (
                rule[..rule.IndexOf(':', StringComparison.Ordinal)],
                rule[(rule.IndexOf(':', StringComparison.Ordinal) + 1)..]
            );
            var place = names.IndexOf(name);
            place.ShouldBeGreaterThan(last, $"{at}.{name} is missing or out of order");
            last = place;
            seen += Check(value.GetProperty(name), type, $"{at}.{name}");
        }

        return seen;
    }

    private static int Check(JsonElement value, string type, string at)
    {
        if (type[0] == '[')
        {
            value.ValueKind.ShouldBe(JsonValueKind.Array, at);
            return value.EnumerateArray().Select((one, i) => Check(one, type[1..], $"{at}[{i}]")).Sum();
        }

        if (type[^1] == '?')
        {
            return value.ValueKind == JsonValueKind.Null ? 0 : Check(value, type[..^1], at);
        }

        if (Objects.ContainsKey(type))
        {
            return Walk(value, type, at);
        }

        if (Words.TryGetValue(type, out var words))
        {
            words.ShouldContain(word => word == value.GetString(), at);
            return 0;
        }

        switch (type)
        {
            case "s":
                value.ValueKind.ShouldBe(JsonValueKind.String, at);
                break;
            case "n":
                value.GetInt64().ShouldBeGreaterThanOrEqualTo(0, at);
                break;
            case "d":
                value.ValueKind.ShouldBe(JsonValueKind.Number, at);
                break;
            case "b":
                value.ValueKind.ShouldBeOneOf([JsonValueKind.True, JsonValueKind.False], at);
                break;
            case "o":
                value.ValueKind.ShouldBe(JsonValueKind.Object, at);
                break;
            case "t":
                value.GetString().ShouldNotBeNull().ShouldMatch(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$", at);
                break;
        }

        return 0;
    }
}
