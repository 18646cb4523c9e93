using MailGrains.Hosting.Settings;
using MailGrains.Hosting.Stores;

namespace MailGrains.Hosting;

/// <summary>What a program is beside its frontends: a silo with grains, or a client of silos elsewhere.</summary>
public interface INodeRole
{
    /// <summary>One line for <c>--help</c>.</summary>
    string Description { get; }

    /// <summary>How it is called, for <c>--help</c>.</summary>
    string Usage { get; }

    /// <summary>What it does with the store.</summary>
    StoreUse Use { get; }

    /// <summary>Joins the cluster and registers what this role needs. What it adds starts before the listeners and stops after them.</summary>
    void Add(WebApplicationBuilder builder, NodeSettings settings, NodeStores stores);
}
