using System.Buffers;
using System.Text;
using System.Text.Json;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Indicators;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Cli;

/// <summary>Writes the JSON document of <c>analyze</c>: the mails from the spool, the situation after them.</summary>
internal static class AnalysisDocument
{
    /// <summary>Schema of the JSON output.</summary>
    public const string Schema = "noroshi.analysis/1";

    /// <summary>Renders one mail for the spool.</summary>
    public static void WriteMail(IBufferWriter<byte> output, ProvidedMail entry, JsonWriterOptions options)
    {
        using var writer = new Utf8JsonWriter(output, options);
        ContractJson.WriteMail(writer, entry);
    }

    /// <summary>Writes the document to a stream.</summary>
    public static void Write(Stream output, Spool spool, RunTotals totals, Situation situation, JsonWriterOptions options)
    {
        output.Write("{\"schema\":\""u8);
        output.Write(Encoding.UTF8.GetBytes(Schema));
        output.Write("\",\"tables\":"u8);
        using (var tables = new Utf8JsonWriter(output, options))
        {
            Tables.Write(tables, situation.RarityVersion);
        }

        output.Write(",\"mails\":[\n"u8);
        spool.CopyTo(output, ",\n"u8);
        output.Write("\n],"u8);
        // Members of the document's own object, which the lines above opened.
        using (var json = new Utf8JsonWriter(output, options with { SkipValidation = true }))
        {
            SituationJson.Write(json, situation);
            WritePassedOver(json, totals);
        }

        output.Write("}\n"u8);
    }

    private static void WritePassedOver(Utf8JsonWriter json, RunTotals totals)
    {
        json.WriteStartArray("passedOver");
        foreach (var one in totals.PassedOver.OrderBy(one => one.Detail, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("file", one.Detail);
            json.WriteString("code", one.Code);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}

/// <summary>Versions of the tables that shaped a result.</summary>
internal static class Tables
{
    public static void Write(Utf8JsonWriter json, string rarity)
    {
        json.WriteStartObject();
        json.WriteString("freeMail", FreeMail.Version);
        json.WriteString("publicSuffix", PublicSuffix.Version);
        json.WriteString("unarchivers", Unarchivers.Version);
        json.WriteString("rules", EvidenceRules.Version);
        json.WriteString("rarity", rarity);
        json.WriteEndObject();
    }
}
