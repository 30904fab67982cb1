using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Noroshi.Hub.Storage;

namespace Noroshi.Server.Identity;

/// <summary>The framework's data-protection keys, sealed in the store: they move with it and turn with the master key.</summary>
internal sealed class StoreXmlRepository(IHubStore store) : IXmlRepository
{
    private const string Area = "data-protection";

    /// <inheritdoc/>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. store.Keys.ListAsync(Area).GetAwaiter().GetResult().Select(one => XElement.Parse(Encoding.UTF8.GetString(one.Value)))];

    /// <inheritdoc/>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        store
            .Keys.PutAsync(Area, friendlyName, Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)))
            .GetAwaiter()
            .GetResult();
    }
}
