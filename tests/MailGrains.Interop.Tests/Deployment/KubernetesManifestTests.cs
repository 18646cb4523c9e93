using k8s;
using k8s.Models;
using MailGrains.TestKit;
using Xunit;

namespace MailGrains.Interop.Tests.Deployment;

/// <summary>
/// What can be known of the manifests without a cluster: that Kubernetes knows every field, that their parts find each other, and that a node understands its
/// settings.
/// </summary>
public sealed class KubernetesManifestTests
{
    private static readonly IReadOnlyList<object> Objects =
    [
        .. Directory.GetFiles(Path.Combine(Built.Root, "docs", "kubernetes"), "*.yaml")
            .SelectMany(f => KubernetesYaml.LoadAllFromString(File.ReadAllText(f), strict: true)),
    ];

    private static IEnumerable<V1Deployment> Deployments => Objects.OfType<V1Deployment>();

    public static TheoryData<string> Names => [.. Deployments.Select(d => d.Metadata.Name)];

    [Fact]
    public void Every_object_is_of_a_kind_that_Kubernetes_knows_with_fields_it_knows()
    {
        Assert.Equal(2, Deployments.Count());
        Assert.All(Objects, o => Assert.True(o is V1ConfigMap or V1Deployment or V1PodDisruptionBudget or V1Service, o.GetType().Name));
        Assert.All(Objects.OfType<IKubernetesObject<V1ObjectMeta>>(), o => Assert.False(string.IsNullOrEmpty(o.Metadata.Name)));
    }

    [Fact]
    public void A_field_that_is_not_there_is_found() => Assert.ThrowsAny<Exception>(() => KubernetesYaml.LoadAllFromString(
        "apiVersion: policy/v1\nkind: PodDisruptionBudget\nmetadata: { name: x }\nspec: { maxUnavailible: 1 }\n", strict: true));

    [Fact]
    public void Services_and_budgets_find_their_pods_and_the_pods_have_those_ports()
    {
        foreach (var service in Objects.OfType<V1Service>())
        {
            var pods = Deployments.Where(d => Selects(service.Spec.Selector, d)).ToArray();
            Assert.NotEmpty(pods);
            Assert.All(pods, d => Assert.Subset(PortsOf(d), service.Spec.Ports.Select(p => p.TargetPort.Value).ToHashSet()));
        }

        Assert.All(Objects.OfType<V1PodDisruptionBudget>(), b => Assert.Single(Deployments, d => Selects(b.Spec.Selector.MatchLabels, d)));
        Assert.All(Deployments, d => Assert.True(Selects(d.Spec.Selector.MatchLabels, d)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Probes_ask_a_port_and_mounts_have_a_volume(string name)
    {
        var deployment = Find(name);
        var pod = deployment.Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);
        Assert.All(
            new[] { container.StartupProbe, container.ReadinessProbe, container.LivenessProbe },
            p => Assert.Contains(p.HttpGet.Port.Value, PortsOf(deployment)));
        Assert.Subset(pod.Volumes.Select(v => v.Name).ToHashSet(), container.VolumeMounts.Select(m => m.Name).ToHashSet());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_node_understands_its_settings(string name)
    {
        var container = Assert.Single(Find(name).Spec.Template.Spec.Containers);
        var shared = container.EnvFrom.Select(e => Objects.OfType<V1ConfigMap>().Single(m => m.Metadata.Name == e.ConfigMapRef.Name)).SelectMany(m => m.Data);
        var own = container.Env.Select(e => KeyValuePair.Create(e.Name, e.Value ?? "127.0.0.1"));
        await NodeEnvironment.AssertUnderstoodAsync(shared.Concat(own));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_pod_gets_what_its_settings_name_of_what_is_made_and_nothing_else(string name)
    {
        var pod = Find(name).Spec.Template.Spec;
        var named = Objects.OfType<V1ConfigMap>().SelectMany(m => m.Data.Values).Concat(Assert.Single(pod.Containers).Env.Select(e => e.Value ?? ""))
            .Where(v => v.StartsWith("/secrets/", StringComparison.Ordinal)).Select(v => v["/secrets/".Length..]).ToHashSet();
        Assert.NotEmpty(named);
        var items = Assert.Single(pod.Volumes, v => v.Secret is not null).Secret.Items;
        Assert.NotNull(items);
        Assert.Equal(named, items.Select(i => i.Path).ToHashSet());
        Assert.All(items, i => Assert.Equal(i.Key, i.Path));

        using var folder = new TemporaryFolder();
        Assert.Subset(await SecretAsync(folder), named);
    }

    [Fact]
    public async Task The_key_that_makes_nodes_of_the_cluster_is_not_in_the_secret()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "cluster-authority.key"), "of an older version", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "cluster-authority.pem"), "of an older version", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "cluster-node.pem"), "of an older version", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("cluster-authority.key", await SecretAsync(folder));
        using var fresh = new TemporaryFolder();
        var secret = await SecretAsync(fresh);
        Assert.Contains("cluster-authority.pem", secret);
        foreach (var file in secret) Assert.True(file is "cluster-node.key" or "tls.key" || !file.EndsWith(".key", StringComparison.Ordinal), file);
    }

    /// <summary>What a secret that is made from the folder has: its files, and not those of folders in it.</summary>
    private static async Task<HashSet<string>> SecretAsync(TemporaryFolder folder)
    {
        (await Programs.RunAsync(Path.Combine(Built.Root, "docker", "make-secrets"), folder.Path)).Succeeded();
        return [.. Directory.GetFiles(folder.Path).Select(f => Path.GetFileName(f))];
    }

    private static V1Deployment Find(string name) => Deployments.Single(d => d.Metadata.Name == name);

    private static bool Selects(IDictionary<string, string> labels, V1Deployment deployment) =>
        labels.All(l => deployment.Spec.Template.Metadata.Labels.TryGetValue(l.Key, out var value) && value == l.Value);

    private static HashSet<string> PortsOf(V1Deployment deployment) =>
        [.. deployment.Spec.Template.Spec.Containers.SelectMany(c => c.Ports).Select(p => p.Name)];
}
