using Noroshi.Hub.Conversations;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Codes of an exchange's evidence in words, as the pages say them.</summary>
public static class EvidenceSentences
{
    /// <summary>Whether it is a reason: a name that fits the topic is a figure, and only one that does not fit says something.</summary>
    public static bool Speaks(ConversationEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return evidence.Code != "topic-fit" || evidence.Bits > 0;
    }

    /// <summary>What was seen; a code that nobody knows stands for itself.</summary>
    public static (string Ja, string En) Of(string code)
    {
        var title = WhyWords.Of(code).Title;
        return (title.Ja, title.En);
    }
}
